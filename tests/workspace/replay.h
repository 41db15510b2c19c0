/// Replays: a scene is played again and again, and its owner destroyed one step later each time.
#pragma once

#include <QCoreApplication>
#include <QCoroTask>
#include <QEventLoop>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace bookdesk::test {

/// Tells of every event that was delivered on the main thread, once nothing of its receiver is at work any more.
class SteppingApplication : public QCoreApplication
{
public:
    using QCoreApplication::QCoreApplication;

    std::function<void()> onDelivered;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread())
            return QCoreApplication::notify(receiver, event);
        ++m_depth;
        const bool isHandled = QCoreApplication::notify(receiver, event);
        --m_depth;
        // Scenes are played in an event loop that is started from no event.
        if (const std::function<void()> tell = onDelivered; tell && m_depth == 0)
            tell();
        return isHandled;
    }

private:
    int m_depth = 0;
};

/// What a step is, and how the owner goes: by its destructor, or as deleteLater has it.
enum class Moment { afterAnEvent, inACallback, soonAfterACallback };

/// One owner that is at work, and what it leans on.
struct Scene
{
    std::function<void()> start;
    std::function<void()> destroy;
    std::function<void()> destroySoon;
    std::shared_ptr<void> props;
};

/// One time that a scene is played.
class Play
{
public:
    Play(Moment moment, int lastStep)
        : m_moment(moment)
        , m_lastStep(lastStep)
    {}

    void begin()
    {
        m_hasBegun = true;
        scene.start();
        m_isAwaited = true;
    }
    /// The owner has called: a signal, a callback.
    void called()
    {
        noteUse();
        if (m_moment != Moment::afterAnEvent)
            step();
    }
    /// The owner has asked something, for instance what time it is.
    void noteUse() { m_lateCalls += m_isGone ? 1 : 0; }
    /// The result of what the owner does has come.
    void comes()
    {
        ++m_results;
        if (!m_isGone)
            called();
    }
    void delivered()
    {
        if (m_moment == Moment::afterAnEvent && m_hasBegun && m_results == 0)
            step();
    }

    void ownerHasGone()
    {
        m_isGone = true;
        m_isSilentEnd = m_isAwaited && m_results == 0;
    }
    bool isLastStepReached() const { return m_steps >= m_lastStep; }
    bool isOver() const { return m_isGone || (m_results > 0 && !isLastStepReached()); }
    bool isGone() const { return m_isGone; }
    int results() const { return m_results; }
    /// The owner has gone, and who waited for it had not heard of that.
    bool isSilentEnd() const { return m_isSilentEnd; }
    int lateCalls() const { return m_lateCalls; } ///< Those that came after the owner had gone.

    Scene scene;

private:
    void step()
    {
        if (++m_steps != m_lastStep)
            return;
        if (m_moment == Moment::soonAfterACallback)
            scene.destroySoon();
        else
            scene.destroy();
    }

    const Moment m_moment;
    const int m_lastStep;
    bool m_hasBegun = false;
    int m_steps = 0;
    int m_results = 0;
    int m_lateCalls = 0;
    bool m_isAwaited = false;
    bool m_isGone = false;
    bool m_isSilentEnd = false;
};

using PlayPointer = std::shared_ptr<Play>;
using MakeScene = std::function<Scene(PlayPointer)>;

template <class T> QCoro::Task<void> await(QCoro::Task<T> task, PlayPointer play)
{
    const T result = co_await std::move(task);
    play->comes();
}

/// A place for an owner from which it can go in either way. Copies share it.
template <class Owner> class Stand
{
public:
    Stand(std::unique_ptr<Owner> owner, PlayPointer play)
        : m_owner(std::make_shared<std::unique_ptr<Owner>>(std::move(owner)))
        , m_play(std::move(play))
    {}

    /// nullptr from the moment on at which it begins to go.
    Owner *get() const { return m_owner->get(); }
    Owner *operator->() const { return get(); }

    void destroy() const
    {
        if (!get())
            return;
        m_owner->reset();
        m_play->ownerHasGone();
    }
    void destroySoon() const
    {
        if constexpr (std::is_base_of_v<QObject, Owner>) {
            QObject *owner = m_owner->release();
            QObject::connect(owner, &QObject::destroyed, qApp, [play = m_play] { play->ownerHasGone(); });
            owner->deleteLater();
        } else {
            QMetaObject::invokeMethod(
                qApp, [stand = *this] { stand.destroy(); }, Qt::QueuedConnection);
        }
    }

    Scene scene(std::function<void()> start, std::shared_ptr<void> props = {}) const
    {
        return {std::move(start), [stand = *this] { stand.destroy(); }, [stand = *this] { stand.destroySoon(); },
                std::move(props)};
    }

private:
    std::shared_ptr<std::unique_ptr<Owner>> m_owner;
    PlayPointer m_play;
};

/// Lets the event loop run until nothing has come for a while.
inline void runUntilQuiet(SteppingApplication &application)
{
    constexpr int quietRounds = 3; // of a millisecond each
    int quiet = 0;
    application.onDelivered = [&quiet] { quiet = 0; };
    for (int round = 0; quiet < quietRounds && round < 1'000; ++round) {
        ++quiet;
        QTest::qWait(1);
    }
    application.onDelivered = {};
}

/// Plays the scene until the owner goes at @p lastStep, or the result comes before that; then it goes as well.
inline PlayPointer playOnce(SteppingApplication &application, const MakeScene &make, Moment moment, int lastStep)
{
    constexpr std::chrono::seconds patience{20};
    const auto play = std::make_shared<Play>(moment, lastStep);
    play->scene = make(play);
    QEventLoop loop;
    application.onDelivered = [&play, &loop] {
        play->delivered();
        if (play->isOver())
            loop.quit();
    };
    QTimer::singleShot(patience, &loop, [] { qFatal("The scene does not end"); });
    QMetaObject::invokeMethod(
        qApp, [play] { play->begin(); }, Qt::QueuedConnection);
    loop.exec();
    runUntilQuiet(application);
    // Out of the play, which the scene knows.
    const Scene scene = std::exchange(play->scene, {});
    scene.destroy();
    runUntilQuiet(application);
    return play;
}

} // namespace bookdesk::test
