//===- AdminSupport.cpp - what a scraper sees of a server -----------------===//

#include "AdminSupport.h"
#include "Loopback.h"

#include <arpa/inet.h>
#include <chrono>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace plumb::test {

Socket::Socket(uint16_t port) : fd(::socket(AF_INET, SOCK_STREAM, 0)) {
  EXPECT_EQ(connectTo(fd, port), 0);
}
Socket::~Socket() {
  if (fd >= 0)
    ::close(fd);
}

void Socket::write(const std::string &bytes) {
  EXPECT_EQ(::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(bytes.size()));
}

std::string Socket::readAll(const std::string &until) {
  std::string all;
  char buffer[4096];
  ssize_t size;
  while ((until.empty() || all.find(until) == std::string::npos) &&
         (size = ::recv(fd, buffer, sizeof buffer, 0)) > 0)
    all.append(buffer, static_cast<size_t>(size));
  return all;
}

AdminServer::AdminServer(Server &) {
  std::string line = Log::instance().waitFor("admin on http://127.0.0.1:");
  size_t colon = line.rfind(':');
  if (colon != std::string::npos)
    port = static_cast<uint16_t>(std::atoi(line.c_str() + colon + 1));
}

HttpAnswer AdminServer::request(const std::string &text) {
  Socket socket(port);
  socket.write(text);
  std::string all = socket.readAll();
  HttpAnswer answer;
  size_t end = all.find("\r\n\r\n");
  if (end == std::string::npos || !all.starts_with("HTTP/1.1 "))
    return answer;
  answer.status = std::atoi(all.c_str() + 9);
  answer.head = all.substr(0, end + 2);
  answer.body = all.substr(end + 4);
  return answer;
}

Exposition AdminServer::scrape() {
  HttpAnswer answer = get("/metrics");
  EXPECT_EQ(answer.status, 200);
  Exposition exposition(answer.body);
  EXPECT_EQ(exposition.wrong, "") << answer.body;
  return exposition;
}

HttpAnswer
AdminServer::until(const std::string &path,
                   const std::function<bool(const HttpAnswer &)> &good) {
  auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  HttpAnswer answer;
  do
    answer = get(path);
  while (!good(answer) && std::chrono::steady_clock::now() < end);
  EXPECT_TRUE(good(answer)) << answer.status << " " << answer.body;
  return answer;
}

void AdminServer::expect(const std::map<std::string, double> &values) {
  // What a shard counts after a write may come later than the bytes written.
  auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  for (;;) {
    Exposition seen = scrape();
    bool all = true;
    for (const auto &[name, value] : values)
      all = all && seen[name] == value;
    if (!all && std::chrono::steady_clock::now() < end)
      continue;
    for (const auto &[name, value] : values)
      EXPECT_EQ(seen[name], value) << name;
    return;
  }
}

} // namespace plumb::test
