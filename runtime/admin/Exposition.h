//===- Exposition.h - metrics as a scraper reads them -----------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ADMIN_EXPOSITION_H
#define PLUMB_RUNTIME_ADMIN_EXPOSITION_H

#include "runtime/metrics/Metrics.h"

#include <string>
#include <string_view>

namespace plumb::rt::admin {

/// Prometheus' text format 0.0.4, or OpenMetrics 1.0.
enum class ExpositionFormat : uint8_t { Prometheus, OpenMetrics };

/// The media type to send it with.
std::string_view mediaType(ExpositionFormat format) noexcept;

/// Every metric of Metrics.def, those that are 0 too: HELP and TYPE once each,
/// buckets cumulative, _count equal to the last bucket. Throws bad_alloc only.
std::string expose(const metrics::Values &values, ExpositionFormat format);

} // namespace plumb::rt::admin

#endif // PLUMB_RUNTIME_ADMIN_EXPOSITION_H
