#include "identity/keychain.h"

#include "identity/errors.h"
#include "jose/hash.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Keychain)
};

constexpr char wholeMark = '=';
constexpr char partsMark = '+';
constexpr qsizetype longestWhole = longestEntry - 1; ///< Beside the mark.
constexpr int mostParts = 1'000;
/// Others may write while we read.
constexpr int mostReads = 3;

/// What the first entry says of a value that is in parts.
struct Parts
{
    int set = 0; ///< 0 or 1.
    int count = 0;
    QByteArray digest; ///< Of the whole value, in hexadecimal digits.
};

QByteArray digestOf(const Secret &value)
{
    return jose::Digest::of(jose::Hash::sha256, value.reveal()).view().toByteArray().toHex();
}

int partsOf(const Secret &value) { return static_cast<int>((value.size() + longestEntry - 1) / longestEntry); }

bool isWhole(const Secret &first) { return first.reveal().startsWith(wholeMark); }

Secret writtenWhole(const Secret &value)
{
    return Secret::written(value.size() + 1, [&value](char *to) {
        *to = wholeMark;
        std::ranges::copy(value.reveal(), to + 1);
        return value.size() + 1;
    });
}

Secret written(const Parts &parts)
{
    const QByteArray text =
        partsMark + QByteArray::number(parts.set) + ' ' + QByteArray::number(parts.count) + ' ' + parts.digest;
    return Secret(text);
}

std::optional<Parts> readHead(const Secret &first)
{
    // Anything else may be a secret, of which no copy is made.
    if (!first.reveal().startsWith(partsMark))
        return std::nullopt;
    const QByteArrayList words = first.reveal().toByteArray().split(' ');
    if (words.size() != 3 || (words[0] != "+0" && words[0] != "+1"))
        return std::nullopt;
    const Parts parts{words[0] == "+1" ? 1 : 0, words[1].toInt(), words[2]};
    return parts.count > 0 && parts.count <= mostParts ? std::optional(parts) : std::nullopt;
}

/// The set that the value does not use.
int freeSet(const std::optional<Secret> &first)
{
    const std::optional<Parts> parts = first ? readHead(*first) : std::nullopt;
    return parts ? 1 - parts->set : 0;
}

QString partEntry(const QString &name, int set, int index)
{
    return u"%1/part/%2/%3"_s.arg(name, QString::number(set), QString::number(index));
}

Secret joined(const Secret &one, const Secret &other)
{
    return Secret::written(one.size() + other.size(), [&](char *to) {
        std::ranges::copy(other.reveal(), std::ranges::copy(one.reveal(), to).out);
        return one.size() + other.size();
    });
}

Error damaged()
{
    return {errors::vaultDamaged, Texts::tr("A stored sign-in cannot be read, because it is not complete."),
            Texts::tr("Sign in again.")};
}

} // namespace

Keychain::Keychain(std::unique_ptr<KeychainEntries> entries)
    : m_entries(std::move(entries))
{}

Task<std::optional<Secret>> Keychain::read(QString name)
{
    return m_scope.run([this, name](std::stop_token) { return readValue(name); }, keychainStopped());
}

Task<void> Keychain::write(QString name, Secret value)
{
    return m_scope.run([this, name, value](std::stop_token) { return writeValue(name, value); }, keychainStopped());
}

Task<void> Keychain::remove(QString name)
{
    return m_scope.run([this, name](std::stop_token) { return removeValue(name); }, keychainStopped());
}

Task<void> Keychain::probe()
{
    return m_scope.run([this](std::stop_token) { return roundTrip(); }, keychainStopped());
}

ScopedTask<std::optional<Secret>> Keychain::readValue(QString name)
{
    for (int i = 0; i < mostReads; ++i) {
        const Result<std::optional<Secret>> first = co_await callOut([&] { return m_entries->read(name); });
        if (!first)
            co_return failure(first.error());
        if (!*first)
            co_return std::optional<Secret>();
        if (isWhole(**first))
            co_return std::optional(Secret((*first)->reveal().sliced(1)));
        Result<Secret> value = co_await readParts(name, **first);
        if (value)
            co_return std::optional(*std::move(value));
        if (value.error().code != errors::vaultDamaged)
            co_return failure(value.error());
    }
    co_return failure(damaged());
}

ScopedTask<Secret> Keychain::readParts(QString name, Secret first)
{
    const std::optional<Parts> parts = readHead(first);
    if (!parts)
        co_return failure(damaged());
    Secret value;
    for (int i = 0; i < parts->count; ++i) {
        const QString entry = partEntry(name, parts->set, i);
        const Result<std::optional<Secret>> part = co_await callOut([&] { return m_entries->read(entry); });
        if (!part)
            co_return failure(part.error());
        if (!*part)
            co_return failure(damaged());
        value = joined(value, **part);
    }
    if (digestOf(value) != parts->digest)
        co_return failure(damaged());
    co_return value;
}

ScopedTask<void> Keychain::writeValue(QString name, Secret value)
{
    const Result<std::optional<Secret>> before = co_await callOut([&] { return m_entries->read(name); });
    if (!before)
        co_return failure(before.error());
    const int set = freeSet(*before);
    const int count = value.size() > longestWhole ? partsOf(value) : 0;
    if (count > 0) {
        if (const Result<void> wrote = co_await writeParts(name, set, value); !wrote)
            co_return wrote;
    }
    const Secret first = count > 0 ? written({set, count, digestOf(value)}) : writtenWhole(value);
    if (const Result<void> wrote = co_await writeVerified(name, first); !wrote)
        co_return wrote;
    if (const Result<void> removed = co_await removeParts(name, set, count); !removed)
        co_return removed;
    Result<void> removed = co_await removeParts(name, 1 - set, 0);
    co_return removed;
}

ScopedTask<void> Keychain::writeParts(QString name, int set, Secret value)
{
    for (int i = 0; i < partsOf(value); ++i) {
        const QByteArrayView rest = value.reveal().sliced(i * longestEntry);
        const Secret part(rest.first(std::min(rest.size(), longestEntry)));
        if (const Result<void> wrote = co_await writeVerified(partEntry(name, set, i), part); !wrote)
            co_return wrote;
    }
    co_return Result<void>();
}

/// A keychain may take what it does not keep.
ScopedTask<void> Keychain::writeVerified(QString entry, Secret value)
{
    if (const Result<void> wrote = co_await callOut([&] { return m_entries->write(entry, value); }); !wrote)
        co_return wrote;
    const Result<std::optional<Secret>> found = co_await callOut([&] { return m_entries->read(entry); });
    if (!found)
        co_return failure(found.error());
    co_return *found == value ? Result<void>() : Result<void>(failure(keychainLocked({})));
}

/// The first entry first: what is left without it is no value.
ScopedTask<void> Keychain::removeValue(QString name)
{
    if (const Result<void> removed = co_await callOut([&] { return m_entries->remove(name); }); !removed)
        co_return removed;
    for (int set = 0; set < 2; ++set) {
        if (const Result<void> removed = co_await removeParts(name, set, 0); !removed)
            co_return removed;
    }
    co_return Result<void>();
}

/// Also those that a killed program has left. They are written from the first to the last and removed from the last to
/// the first, so that there is never a gap.
ScopedTask<void> Keychain::removeParts(QString name, int set, int from)
{
    int end = from;
    for (; end < mostParts; ++end) {
        const QString entry = partEntry(name, set, end);
        const Result<std::optional<Secret>> found = co_await callOut([&] { return m_entries->read(entry); });
        if (!found)
            co_return failure(found.error());
        if (!*found)
            break;
    }
    while (end > from) {
        const QString entry = partEntry(name, set, --end);
        if (const Result<void> removed = co_await callOut([&] { return m_entries->remove(entry); }); !removed)
            co_return removed;
    }
    co_return Result<void>();
}

/// A locked keyring answers reads as if it were empty, so only a whole round trip shows whether it can be used.
ScopedTask<void> Keychain::roundTrip()
{
    const QString name = u"probe/"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (const Result<void> wrote = co_await writeVerified(name, Secret(QByteArrayView("probe"))); !wrote)
        co_return wrote;
    Result<void> removed = co_await callOut([&] { return m_entries->remove(name); });
    co_return removed;
}

} // namespace bookdesk::identity
