#include "cli/command-line.h"

#include "sandbox/persona.h"

#include <QCoreApplication>

#include <CLI/CLI.hpp>

#include <functional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

using CLI::App;
using CLI::Option;

QString fromUtf8(const std::string &text) { return QString::fromStdString(text); }

std::vector<std::string> personaIds()
{
    std::vector<std::string> ids;
    for (const sandbox::Persona &persona : sandbox::defaultPersonas())
        ids.push_back(persona.id.toStdString());
    return ids;
}

/// The options as CLI11 stores them.
struct RawOptions
{
    std::string connection, browser, persona;
    std::string id, file, jwks, issuer, audience;
    std::vector<std::string> algorithms;
    int port = 0;
    bool usesTls = false, showsIdToken = false, revealsToken = false, printsJson = false;
};

/// The commands as CLI11 sees them, filling one RawOptions.
class Grammar
{
public:
    explicit Grammar(RawOptions &raw)
        : m_raw(raw)
        , m_app(description().toStdString(), "bookdesk-cli")
    {
        m_app.require_subcommand(1);
        m_app.allow_windows_style_options(false);
        m_app.failure_message(
            [](const CLI::App *, const CLI::Error &error) { return error.what() + std::string("\n"); });
        m_app.set_version_flag("--version", "bookdesk-cli " BOOKDESK_VERSION);
        addSignIn();
        addBooks();
        addToken();
        addSandbox();
    }

    CLI::App &app() { return m_app; }

    /// The command that was named; without one, throws what CLI11 would throw.
    Command chosen() const
    {
        for (const auto &[command, make] : m_commands)
            if (command->parsed())
                return make();
        throw CLI::RequiredError::Subcommand(1);
    }

private:
    static QString description()
    {
        return Texts::tr(
            "Signs in to Microsoft Entra ID or the built-in Sandbox, verifies tokens and calls a books API.\n"
            "Exit status: 0 success, 1 refused or token not valid, 2 usage, 3 the API answered 401, 4 it "
            "answered 403, 5 sign-in failed, 6 no connection.");
    }

    /// @param make gives the command with its options, after parsing.
    App *command(CLI::App &parent, const std::string &name, const QString &about, std::function<Command()> make)
    {
        CLI::App *added = parent.add_subcommand(name, about.toStdString());
        added->add_flag("--json", m_raw.printsJson, Texts::tr("Print one JSON object.").toStdString());
        m_commands.emplace_back(added, std::move(make));
        return added;
    }

    static CLI::App *group(CLI::App &parent, const std::string &name, const QString &about)
    {
        CLI::App *added = parent.add_subcommand(name, about.toStdString());
        added->require_subcommand(1);
        return added;
    }

    Option *addConnection(CLI::App &command)
    {
        CLI::Option *connection = command.add_option(
            "--connection", m_raw.connection,
            Texts::tr("A connection file, or \"sandbox\" (the default) for a Sandbox that is started for this command.")
                .toStdString());
        connection->type_name("FILE.json|sandbox");
        CLI::Option *browser = command.add_option(
            "--browser", m_raw.browser,
            Texts::tr("The command that opens the sign-in page; it is started without a shell.").toStdString());
        browser->type_name("COMMAND");
        CLI::Option *persona =
            command.add_option("--persona", m_raw.persona,
                               Texts::tr("Sign in to a Sandbox as this person, without a browser.").toStdString());
        persona->check(CLI::IsMember(personaIds()))->excludes(browser);
        return connection;
    }

    void addSignIn()
    {
        addConnection(*command(m_app, "sign-in", Texts::tr("Sign in, and print who you are and what the token grants."),
                               [this] { return SignInCommand{where()}; }));
    }

    void addBooks()
    {
        CLI::App *books = group(m_app, "books", Texts::tr("Call the books API."));
        addConnection(
            *command(*books, "list", Texts::tr("List the books."), [this] { return ListBooksCommand{where()}; }));
        CLI::App *remove = command(*books, "delete", Texts::tr("Delete one book."), [this] {
            return DeleteBookCommand{where(), fromUtf8(m_raw.id)};
        });
        remove->add_option("ID", m_raw.id, Texts::tr("The book's ID.").toStdString())->required();
        addConnection(*remove);
    }

    void addToken()
    {
        CLI::App *token = group(m_app, "token", Texts::tr("Inspect and verify tokens."));
        addShowToken(*token);
        addVerifyToken(*token);
    }

    void addShowToken(CLI::App &token)
    {
        CLI::App *show =
            command(token, "show", Texts::tr("Sign in and show the access token's content and checks."), [this] {
                return ShowTokenCommand{where(), m_raw.showsIdToken, m_raw.revealsToken};
            });
        show->add_flag("--id", m_raw.showsIdToken, Texts::tr("Show the ID token instead.").toStdString());
        show->add_flag("--reveal", m_raw.revealsToken, Texts::tr("Also print the token itself.").toStdString());
        addConnection(*show);
    }

    void addVerifyToken(CLI::App &token)
    {
        CLI::App *verify =
            command(token, "verify", Texts::tr("Verify a token, with a connection's keys or a file's."), [this] {
                return VerifyTokenCommand{fromUtf8(m_raw.file), trust()};
            });
        verify->add_option("FILE", m_raw.file, Texts::tr("The token's file; - is standard input.").toStdString())
            ->required();
        addOfflineTrust(*verify, *addConnection(*verify));
    }

    void addOfflineTrust(CLI::App &verify, CLI::Option &connection)
    {
        CLI::Option *jwks = verify.add_option("--jwks", m_raw.jwks, Texts::tr("The issuer's keys.").toStdString());
        CLI::Option *issuer = verify.add_option("--issuer", m_raw.issuer, Texts::tr("The issuer.").toStdString());
        CLI::Option *audience =
            verify.add_option("--audience", m_raw.audience, Texts::tr("The API's ID.").toStdString());
        CLI::Option *algorithms =
            verify.add_option("--algorithms", m_raw.algorithms, Texts::tr("The allow-list (RS256).").toStdString());
        jwks->type_name("FILE")->needs(issuer)->needs(audience)->excludes(&connection);
        issuer->type_name("URL")->needs(jwks);
        audience->type_name("ID")->needs(jwks);
        algorithms->type_name("RS256,...")->delimiter(',')->needs(jwks);
        verify.final_callback([this] {
            if (m_raw.connection.empty() && m_raw.jwks.empty())
                throw CLI::ValidationError(
                    Texts::tr("Name a --connection, or --jwks with --issuer and --audience.").toStdString(),
                    CLI::ExitCodes::RequiredError);
        });
    }

    void addSandbox()
    {
        CLI::App *sandbox = command(m_app, "sandbox",
                                    Texts::tr("Run a Sandbox until it is interrupted; print its connection."), [this] {
                                        return SandboxCommand{static_cast<quint16>(m_raw.port), m_raw.usesTls};
                                    });
        sandbox->add_option("--port", m_raw.port, Texts::tr("The port; any free one by default.").toStdString())
            ->type_name("N")
            ->check(CLI::Range(1, 65535));
        sandbox->add_flag("--tls", m_raw.usesTls, Texts::tr("Serve https with its own certificate.").toStdString());
    }

    ConnectionChoice where() const
    {
        const QString connection = m_raw.connection.empty() ? u"sandbox"_s : fromUtf8(m_raw.connection);
        return {connection, fromUtf8(m_raw.browser), fromUtf8(m_raw.persona)};
    }

    std::variant<ConnectionChoice, OfflineTrust> trust() const
    {
        if (m_raw.jwks.empty())
            return where();
        QStringList algorithms;
        for (const std::string &algorithm : m_raw.algorithms)
            algorithms += fromUtf8(algorithm).trimmed();
        return OfflineTrust{fromUtf8(m_raw.jwks), fromUtf8(m_raw.issuer), fromUtf8(m_raw.audience), algorithms};
    }

    RawOptions &m_raw;
    CLI::App m_app;
    std::vector<std::pair<CLI::App *, std::function<Command()>>> m_commands;
};

} // namespace

std::variant<CommandLine, EarlyEnd> readCommandLine(const QStringList &arguments)
{
    RawOptions raw;
    Grammar grammar(raw);
    // CLI11 takes the arguments in reverse order.
    std::vector<std::string> reversed;
    for (qsizetype i = arguments.size(); i > 0; --i)
        reversed.push_back(arguments.at(i - 1).toStdString());
    try {
        grammar.app().parse(reversed);
        return CommandLine{grammar.chosen(), raw.printsJson};
    } catch (const CLI::ParseError &error) {
        std::ostringstream text;
        const bool isHelp = grammar.app().exit(error, text, text) == 0;
        // Parsing may have ended before it reached --json.
        return EarlyEnd{isHelp ? ExitStatus::success : ExitStatus::usage, fromUtf8(text.str()).trimmed(),
                        arguments.contains(u"--json"_s)};
    }
}

} // namespace bookdesk::cli
