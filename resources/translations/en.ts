<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BlockingDesk</name>
    <message numerus="yes">
        <source>The API asks for the %n scopes %1, which the connection lists. They are asked for now.</source>
        <translation>
            <numerusform>The API asks for the %n scope %1, which the connection lists. It is asked for now.</numerusform>
            <numerusform>The API asks for the %n scopes %1, which the connection lists. They are asked for now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClaimClass</name>
    <message numerus="yes">
        <source>text of %n characters</source>
        <translation>
            <numerusform>text of %n character</numerusform>
            <numerusform>text of %n characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>list of %n</source>
        <translation>
            <numerusform>list of %n</numerusform>
            <numerusform>list of %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>object of %n members</source>
        <translation>
            <numerusform>object of %n member</numerusform>
            <numerusform>object of %n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionAddCommand</name>
    <message numerus="yes">
        <source>Add %n connections? Do so only if you trust their authorities and APIs. [y/N]</source>
        <translation>
            <numerusform>Add %n connection? Do so only if you trust its authority and its API. [y/N]</numerusform>
            <numerusform>Add %n connections? Do so only if you trust their authorities and APIs. [y/N]</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionCheckRows</name>
    <message numerus="yes">
        <source>%1; %n other keys cannot be used</source>
        <translation>
            <numerusform>%1; %n other key cannot be used</numerusform>
            <numerusform>%1; %n other keys cannot be used</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionMembers</name>
    <message numerus="yes">
        <source>The member &quot;%1&quot; is longer than %n characters.</source>
        <translation>
            <numerusform>The member &quot;%1&quot; is longer than %n character.</numerusform>
            <numerusform>The member &quot;%1&quot; is longer than %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The member &quot;%1&quot; has more than %n entries.</source>
        <translation>
            <numerusform>The member &quot;%1&quot; has more than %n entry.</numerusform>
            <numerusform>The member &quot;%1&quot; has more than %n entries.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConnectionQuestions</name>
    <message numerus="yes">
        <source>%n accounts are signed out, and their sign-ins that are kept in the keychain are removed. The connection and your own rules for its API are deleted on this computer. Its registrations stay as they are.</source>
        <translation>
            <numerusform>%n account is signed out, and its sign-in that is kept in the keychain is removed. The connection and your own rules for its API are deleted on this computer. Its registrations stay as they are.</numerusform>
            <numerusform>%n accounts are signed out, and their sign-ins that are kept in the keychain are removed. The connection and your own rules for its API are deleted on this computer. Its registrations stay as they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Durations</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message numerus="yes">
        <source>%n bytes</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeysTexts</name>
    <message numerus="yes">
        <source>%n keys</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n times</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutcomeText</name>
    <message numerus="yes">
        <source>%Ln books</source>
        <translation>
            <numerusform>%Ln book</numerusform>
            <numerusform>%Ln books</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>(%Ln entries are not books and are not shown)</source>
        <translation>
            <numerusform>(%Ln entry is not a book and is not shown)</numerusform>
            <numerusform>(%Ln entries are not books and are not shown)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Plan</name>
    <message numerus="yes">
        <source>The name is longer than %n characters.</source>
        <translation>
            <numerusform>The name is longer than %n character.</numerusform>
            <numerusform>The name is longer than %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>More than %n people and groups: put them into one group.</source>
        <translation>
            <numerusform>More than %n person or group: put them into one group.</numerusform>
            <numerusform>More than %n people and groups: put them into one group.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProbeRun</name>
    <message numerus="yes">
        <source>The API asks for a pause of %n s.</source>
        <translation>
            <numerusform>The API asks for a pause of %n s.</numerusform>
            <numerusform>The API asks for a pause of %n s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemRows</name>
    <message numerus="yes">
        <source>%n trusted by this system</source>
        <translation>
            <numerusform>%n trusted by this system</numerusform>
            <numerusform>%n trusted by this system</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PublicKey</name>
    <message numerus="yes">
        <source>It has %n bits, at least %1 are needed.</source>
        <translation>
            <numerusform>It has %n bit, at least %1 are needed.</numerusform>
            <numerusform>It has %n bits, at least %1 are needed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It has %n bits, at most %1 are accepted.</source>
        <translation>
            <numerusform>It has %n bit, at most %1 are accepted.</numerusform>
            <numerusform>It has %n bits, at most %1 are accepted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its coordinates must have %n bytes each.</source>
        <translation>
            <numerusform>Its coordinates must have %n byte each.</numerusform>
            <numerusform>Its coordinates must have %n bytes each.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It must have %n bytes.</source>
        <translation>
            <numerusform>It must have %n byte.</numerusform>
            <numerusform>It must have %n bytes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SharedToken</name>
    <message numerus="yes">
        <source>The signature of %n bytes was removed, and so were all values that may be personal.</source>
        <translation>
            <numerusform>The signature of %n byte was removed, and so were all values that may be personal.</numerusform>
            <numerusform>The signature of %n bytes was removed, and so were all values that may be personal.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SupportFacts</name>
    <message numerus="yes">
        <source>%1, %n settings</source>
        <translation>
            <numerusform>%1, %n setting</numerusform>
            <numerusform>%1, %n settings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message numerus="yes">
        <source>%n steps did not end as they should.</source>
        <translation>
            <numerusform>%n step did not end as it should.</numerusform>
            <numerusform>%n steps did not end as they should.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ValidationFaults</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bookdesk::pages::ActivityPage</name>
    <message numerus="yes">
        <source>%n exchanges, kept in memory, secrets removed</source>
        <translation>
            <numerusform>%n exchange, kept in memory, secrets removed</numerusform>
            <numerusform>%n exchanges, kept in memory, secrets removed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bookdesk::pages::EndpointDetail</name>
    <message numerus="yes">
        <source>The connection does not list %n scopes, so Bookdesk never asks for them: %1. Add them to the connection&apos;s scopes if the app is to have them.</source>
        <translation>
            <numerusform>The connection does not list %n scope, so Bookdesk never asks for it: %1. Add it to the connection&apos;s scopes if the app is to have it.</numerusform>
            <numerusform>The connection does not list %n scopes, so Bookdesk never asks for them: %1. Add them to the connection&apos;s scopes if the app is to have them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Your token lacks %n scopes: %1. The connection lists them, and so far Bookdesk has asked for no more than reading needs.</source>
        <translation>
            <numerusform>Your token lacks %n scope: %1. The connection lists it, and so far Bookdesk has asked for no more than reading needs.</numerusform>
            <numerusform>Your token lacks %n scopes: %1. The connection lists them, and so far Bookdesk has asked for no more than reading needs.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bookdesk::pages::IssuerKeysCard</name>
    <message numerus="yes">
        <source>%n published keys, and why they are not used</source>
        <translation>
            <numerusform>%n published key, and why it is not used</numerusform>
            <numerusform>%n published keys, and why they are not used</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bookdesk::pages::PasteCard</name>
    <message numerus="yes">
        <source>The first of %n tokens.</source>
        <translation>
            <numerusform>The first of %n token.</numerusform>
            <numerusform>The first of %n tokens.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bookdesk::pages::ProblemsCard</name>
    <message numerus="yes">
        <source>%n of the rows need a look.</source>
        <translation>
            <numerusform>%n of the rows needs a look.</numerusform>
            <numerusform>%n of the rows need a look.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bookdesk::pages::RunningStrip</name>
    <message numerus="yes">
        <source>%n requests are running</source>
        <translation>
            <numerusform>%n request is running</numerusform>
            <numerusform>%n requests are running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bookdesk::pages::ScopeBanner</name>
    <message numerus="yes">
        <source>Getting %n scopes: %1…</source>
        <translation>
            <numerusform>Getting %n scope: %1…</numerusform>
            <numerusform>Getting %n scopes: %1…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n scopes were not granted: %1</source>
        <translation>
            <numerusform>%n scope was not granted: %1</numerusform>
            <numerusform>%n scopes were not granted: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>bookdesk::pages::StepsModel</name>
    <message numerus="yes">
        <source>%n steps; the values of your tenant in violet</source>
        <translation>
            <numerusform>%n step; the values of your tenant in violet</numerusform>
            <numerusform>%n steps; the values of your tenant in violet</numerusform>
        </translation>
    </message>
</context>
</TS>
