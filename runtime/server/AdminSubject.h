//===- AdminSubject.h - a server as its admin port sees it ------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_SERVER_ADMINSUBJECT_H
#define PLUMB_RUNTIME_SERVER_ADMINSUBJECT_H

#include "runtime/admin/Admin.h"

#include <memory>
#include <vector>

namespace plumb::rt::server {

struct ServerState;
class Shard;

/// Any thread, one at a time.
class AdminSubject final : public admin::Subject {
public:
  AdminSubject(ServerState &server, std::vector<std::shared_ptr<Shard>> shards)
      : server(server), shards(std::move(shards)) {}

  std::vector<admin::Health::Loop> loops() override;
  std::string whyNotReady() override;
  metrics::Values metrics() override;

private:
  ServerState &server;
  std::vector<std::shared_ptr<Shard>> shards;
};

} // namespace plumb::rt::server

#endif // PLUMB_RUNTIME_SERVER_ADMINSUBJECT_H
