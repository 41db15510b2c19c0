/// The rows of each group of probes; for this folder's .cpp files only.
#pragma once

#include "lab/probe-catalogue.h"

namespace bookdesk::lab::rows {

std::vector<ProbeRow> signature();
std::vector<ProbeRow> algorithm();
std::vector<ProbeRow> key();
std::vector<ProbeRow> claims();
std::vector<ProbeRow> form();
std::vector<ProbeRow> transport();

} // namespace bookdesk::lab::rows
