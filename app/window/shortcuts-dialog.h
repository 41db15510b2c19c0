/// ShortcutsDialog: what can be done by keyboard (F1).
#pragma once

#include <QDialog>

namespace bookdesk::window {

class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(QWidget *parent = nullptr);
};

} // namespace bookdesk::window
