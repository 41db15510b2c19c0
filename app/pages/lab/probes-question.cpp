#include "pages/lab/probes-question.h"

#include "core/address-text.h"
#include "core/durations.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ProbesQuestion)
};

} // namespace

void askBeforeProbes(workspace::Desk &desk, std::function<void()> start, QWidget *parent)
{
    const workspace::Probes &probes = desk.lab().probes();
    const auto count = static_cast<int>(probes.results().size()) + 1; // With the control.
    auto *question = new QMessageBox(QMessageBox::Warning, Texts::tr("Run probes"),
                                     Texts::tr("Send forged tokens to %1?").arg(hostText(desk.connection().apiBaseUrl)),
                                     QMessageBox::Cancel, parent);
    question->setObjectName(u"confirmProbes"_s);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        Texts::tr("Up to %1 requests go out, at most two a second, which takes about %2. They only read, but they look "
                  "like an attack to those who watch the API. Probe only APIs that are yours, or whose owner agrees.")
            .arg(QString::number(count), durationText(probes.timeFor(count))));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *confirm = question->addButton(Texts::tr("Run probes"), QMessageBox::AcceptRole);
    confirm->setObjectName(u"confirm"_s);
    question->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(confirm, &QPushButton::clicked, parent, std::move(start));
    QObject::connect(&desk.session(), &identity::Session::personChanged, question, &QDialog::reject);
    question->open();
}

} // namespace bookdesk::pages
