/// A fuzz target: what libFuzzer calls, or replay.cpp for each file of a corpus.
#pragma once

#include <QByteArrayView>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace bookdesk::fuzz {

/// Tries one input; ends the program if a property does not hold.
void tryInput(QByteArrayView input);

/// Says which property was violated, and ends the program so that every fuzzer reports a finding.
inline void require(bool holds, const char *property)
{
    if (holds)
        return;
    std::fprintf(stderr, "This does not hold: %s\n", property);
    std::abort();
}

} // namespace bookdesk::fuzz
