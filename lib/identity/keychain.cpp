#include "identity/keychain.h"

#include "core/errors.h"
#include "identity/errors.h"

#include <QCoreApplication>
#include <QTimer>
#include <QUuid>
#include <qt6keychain/keychain.h>

#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Keychain)
};

Error locked(const QString &reason)
{
    return {errors::keychainLocked, Texts::tr("The keychain of this computer is locked, or refuses Bookdesk."),
            Texts::tr("Unlock it and let Bookdesk use it, then check again."),
            reason.isEmpty() ? Facts() : Facts{foreignFact(facts::reason, reason)}};
}

Error tooSlow()
{
    return {errors::keychainTimedOut, Texts::tr("The keychain of this computer did not answer in time."),
            Texts::tr("If it asks for its password, unlock it; then check again.")};
}

std::optional<Error> failureOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
        return std::nullopt;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::CouldNotDeleteEntry:
        return locked(job.errorString());
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    return keychainUnavailable(job.errorString());
}

Secret valueOf(const QKeychain::Job &job)
{
    const auto *reading = qobject_cast<const QKeychain::ReadPasswordJob *>(&job);
    return reading ? Secret::taking(reading->binaryData()) : Secret();
}

Error ended() { return {bookdesk::errors::stopped, Texts::tr("The request to the keychain was stopped.")}; }

} // namespace

Error keychainUnavailable(const QString &reason)
{
    return {errors::keychainUnavailable,
            Texts::tr("This computer has no keychain in which Bookdesk could keep secrets."),
            Texts::tr("Install GNOME Keyring or KWallet, log in to the desktop again, then check again."),
            reason.isEmpty() ? Facts() : Facts{foreignFact(facts::reason, reason)}};
}

Keychain::Keychain(QString service, std::chrono::milliseconds limit)
    : m_service(std::move(service))
    , m_limit(limit)
{}

Task<std::optional<Secret>> Keychain::read(QString name)
{
    return m_scope.run([this, name](std::stop_token) { return readEntry(name); }, ended());
}

Task<void> Keychain::write(QString name, Secret value)
{
    return m_scope.run([this, name, value](std::stop_token) { return writeEntry(name, value); }, ended());
}

Task<void> Keychain::remove(QString name)
{
    return m_scope.run([this, name](std::stop_token) { return removeEntry(name); }, ended());
}

Task<void> Keychain::probe()
{
    return m_scope.run([this](std::stop_token) { return roundTrip(); }, ended());
}

ScopedTask<Keychain::Answer> Keychain::ask(MakeJob makeJob)
{
    const OneShot<Answer> landing;
    QKeychain::Job *job = makeJob(); // Deletes itself when it has finished, which may be after the limit.
    QObject::connect(job, &QKeychain::Job::finished, [landing](const QKeychain::Job *finished) {
        landing.set(Answer{failureOf(*finished), finished->error() != QKeychain::EntryNotFound, valueOf(*finished)});
    });
    QTimer::singleShot(m_limit, job, [landing] { landing.set(Answer{tooSlow(), false, {}}); });
    job->start();
    Result<Answer> answer = co_await callOut([&landing] { return landing; });
    if (answer && answer->failure)
        co_return failure(*answer->failure);
    co_return answer;
}

ScopedTask<std::optional<Secret>> Keychain::readEntry(QString name)
{
    const MakeJob makeJob = [this, name] {
        auto *job = new QKeychain::ReadPasswordJob(m_service); // NOLINT(cppcoreguidelines-owning-memory)
        job->setKey(name);
        return job;
    };
    const Result<Answer> answer = co_await ask(makeJob);
    if (!answer)
        co_return failure(answer.error());
    co_return answer->wasFound ? std::optional(answer->value) : std::nullopt;
}

ScopedTask<void> Keychain::writeEntry(QString name, Secret value)
{
    const MakeJob makeJob = [this, name, value] {
        auto *job = new QKeychain::WritePasswordJob(m_service); // NOLINT(cppcoreguidelines-owning-memory)
        job->setKey(name);
        job->setBinaryData(value.reveal().toByteArray());
        return job;
    };
    const Result<Answer> answer = co_await ask(makeJob);
    if (!answer)
        co_return failure(answer.error());
    if (!answer->wasFound)
        co_return failure(locked({}));
    co_return Result<void>();
}

ScopedTask<void> Keychain::removeEntry(QString name)
{
    const MakeJob makeJob = [this, name] {
        auto *job = new QKeychain::DeletePasswordJob(m_service); // NOLINT(cppcoreguidelines-owning-memory)
        job->setKey(name);
        return job;
    };
    const Result<Answer> answer = co_await ask(makeJob);
    co_return answer ? Result<void>() : Result<void>(failure(answer.error()));
}

/// A locked keyring answers reads as if it were empty, so only a whole round trip shows whether it can be used.
ScopedTask<void> Keychain::roundTrip()
{
    const QString name = u"probe/"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    const Secret written(QByteArrayView("probe"));
    if (const Result<void> wrote = co_await writeEntry(name, written); !wrote)
        co_return failure(wrote.error());
    const Result<std::optional<Secret>> found = co_await readEntry(name);
    if (!found)
        co_return failure(found.error());
    if (const Result<void> removed = co_await removeEntry(name); !removed)
        co_return failure(removed.error());
    if (*found != written)
        co_return failure(locked({}));
    co_return Result<void>();
}

} // namespace bookdesk::identity
