/// QrCode: a text as a pattern of dark and light modules that phones can read.
#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace bookdesk::widgets {

/// A plain value. Source: ISO/IEC 18004, by libqrencode.
struct QrCode
{
    int side = 0;              ///< In modules, without a margin.
    std::vector<bool> modules; ///< Row by row; true is dark.

    bool isDark(int x, int y) const { return modules.at(static_cast<std::size_t>(y * side + x)); }

    friend bool operator==(const QrCode &, const QrCode &) = default;
};

/// Readable with a seventh of it covered (level M); nothing for an empty or a very long text. GUI thread.
std::optional<QrCode> qrCodeOf(const QByteArray &text);

} // namespace bookdesk::widgets
