/// What tests of pages share: finding widgets, names for screen readers, settings of their own.
#pragma once

#include "core/result.h"
#include "style/style.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAccessibleInterface>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

#include <algorithm>

namespace bookdesk::test {

inline QPushButton *buttonNamed(const QWidget &root, const QString &objectName)
{
    return root.findChild<QPushButton *>(objectName);
}

/// The visible button with this text, or nullptr.
inline QAbstractButton *buttonWithText(const QWidget &root, const QString &text)
{
    for (QAbstractButton *button : root.findChildren<QAbstractButton *>()) {
        if (button->text() == text && !button->isHidden())
            return button;
    }
    return nullptr;
}

/// All labels' texts; aborts if a label would interpret HTML.
inline QStringList labelTexts(const QWidget &root)
{
    QStringList texts;
    for (const QLabel *label : root.findChildren<QLabel *>()) {
        if (label->textFormat() != Qt::PlainText && !label->text().isEmpty())
            qFatal("A label that is not plain text: %s", qPrintable(label->text()));
        texts += label->text();
    }
    return texts;
}

inline bool containsPart(const QStringList &texts, const QString &part)
{
    return std::ranges::any_of(texts, [&part](const QString &text) { return text.contains(part); });
}

/// The error in words; empty where there is none.
inline QString problemOf(const Result<void> &result)
{
    return result ? QString() : advised(result.error()) + factLines(result.error().facts);
}

/// Visible widgets that can get the focus but have no name for screen readers.
inline QStringList namelessControls(const QWidget &root)
{
    QStringList nameless;
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        if (!interface || interface->text(QAccessible::Name).isEmpty())
            nameless += QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
    }
    return nameless;
}

/// What screen readers were last told to say in the window of @p widget.
inline QString announced(const QWidget &widget)
{
    const auto *live = widget.window()->findChild<QLabel *>(QStringLiteral("announcement"), Qt::FindDirectChildrenOnly);
    return live ? live->accessibleName() : QString();
}

/// Runs a page's test with the program's look and with settings of its own.
template <class Test> int runPageTest(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    QCoreApplication::setOrganizationName(QStringLiteral("bookdesk-test"));
    QCoreApplication::setApplicationName(QStringLiteral("bookdesk-test"));
    style::apply(application, style::Theme::light);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace bookdesk::test

#define BOOKDESK_PAGE_TEST_MAIN(Test)                                                                                  \
    int main(int argc, char **argv) { return bookdesk::test::runPageTest<Test>(argc, argv); }
