//===- Server.cpp - A featureless WebSocket server, the limit -------------===//

#include "bench/limit/Server.h"

#include "bench/common/AcceptKey.h"
#include "bench/common/Frame.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <system_error>

using namespace plumb::bench;

static int check(int result, const char *what) {
  if (result < 0)
    throw std::system_error(errno, std::generic_category(), what);
  return result;
}

LimitServer::LimitServer(uint16_t port) : buffer(1 << 18) {
  listenFd = check(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
  int on = 1;
  setsockopt(listenFd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  check(bind(listenFd, reinterpret_cast<sockaddr *>(&address), sizeof address),
        "bind");
  check(listen(listenFd, 4096), "listen");
  socklen_t size = sizeof address;
  check(getsockname(listenFd, reinterpret_cast<sockaddr *>(&address), &size),
        "getsockname");
  boundPort = ntohs(address.sin_port);
  epollFd = check(epoll_create1(0), "epoll_create1");
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = listenFd;
  check(epoll_ctl(epollFd, EPOLL_CTL_ADD, listenFd, &event), "epoll_ctl");
}

void LimitServer::run() {
  std::vector<epoll_event> events(4096);
  for (;;) {
    int count = epoll_wait(epollFd, events.data(), int(events.size()), -1);
    for (int i = 0; i < count; ++i) {
      int fd = events[i].data.fd;
      if (fd == listenFd) {
        acceptAll();
        continue;
      }
      LimitClient *client = clients[fd].get();
      if (client && events[i].events & EPOLLOUT)
        writeUnsent(*client);
      if (clients[fd] && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
        receive(*client);
    }
    flushTurn();
  }
}

void LimitServer::acceptAll() {
  for (;;) {
    int fd = accept4(listenFd, nullptr, nullptr, SOCK_NONBLOCK);
    if (fd < 0)
      return;
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (clients.size() <= size_t(fd))
      clients.resize(size_t(fd) * 2 + 64);
    clients[fd] = std::make_unique<LimitClient>();
    clients[fd]->fd = fd;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    epoll_ctl(epollFd, EPOLL_CTL_ADD, fd, &event);
  }
}

void LimitServer::receive(LimitClient &client) {
  size_t kept = client.unread.size();
  if (kept + (1 << 16) > buffer.size())
    buffer.resize(kept * 2 + (1 << 16));
  memcpy(buffer.data(), client.unread.data(), kept);
  ssize_t got = recv(client.fd, buffer.data() + kept, buffer.size() - kept, 0);
  if (got <= 0) {
    if (got == 0 || (errno != EAGAIN && errno != EINTR))
      drop(client);
    return;
  }
  size_t end = kept + size_t(got), at = 0;
  if (!client.upgraded) {
    std::string_view text(buffer.data(), end);
    size_t blank = text.find("\r\n\r\n");
    if (blank != text.npos) {
      if (!answerUpgrade(client, text.substr(0, blank + 2)))
        return drop(client);
      at = blank + 4;
    }
  }
  while (client.upgraded && client.fd >= 0) {
    auto *data = reinterpret_cast<uint8_t *>(buffer.data()) + at;
    FrameHeader header = readHeader(data, end - at);
    if (!header.size || header.payloadSize > end - at - header.size)
      break;
    auto *payload = data + header.size;
    applyMask(payload, header.payloadSize, header.key);
    if (header.opcode == Close) {
      replies->clear();
      return drop(client);
    }
    if (header.opcode == Text)
      handle(client, {reinterpret_cast<char *>(payload), header.payloadSize});
    at += header.size + header.payloadSize;
  }
  sendReplies(client);
  client.unread.assign(buffer.data() + at, end - at);
}

bool LimitServer::answerUpgrade(LimitClient &client, std::string_view request) {
  static constexpr std::string_view name = "\r\nSec-WebSocket-Key: ";
  size_t begin = request.find(name);
  if (begin == request.npos)
    return false;
  begin += name.size();
  std::string_view key =
      request.substr(begin, request.find('\r', begin) - begin);
  auto answer = std::make_shared<std::string>(
      "HTTP/1.1 101 Switching Protocols\r\n"
      "Upgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: " +
      acceptKey(key) + "\r\n\r\n");
  client.upgraded = true;
  sendOrKeep(client, answer);
  return true;
}

void LimitServer::handle(LimitClient &client, std::string_view command) {
  if (command.starts_with("say ")) {
    if (!client.room)
      return;
    if (client.room->chunk->empty())
      roomsOfTurn.push_back(client.room);
    appendServerFrame(*client.room->chunk, Text, command.substr(4));
  } else if (command.starts_with("echo ")) {
    appendServerFrame(*replies, Text, command.substr(5));
  } else if (command.starts_with("join ")) {
    join(client, command.substr(5));
  }
}

void LimitServer::join(LimitClient &client, std::string_view name) {
  leave(client);
  std::unique_ptr<LimitRoom> &room = rooms[std::string(name)];
  if (!room)
    room = std::make_unique<LimitRoom>();
  client.room = room.get();
  client.placeInRoom = room->members.size();
  room->members.push_back(&client);
}

void LimitServer::leave(LimitClient &client) {
  if (!client.room)
    return;
  std::vector<LimitClient *> &members = client.room->members;
  members[client.placeInRoom] = members.back();
  members[client.placeInRoom]->placeInRoom = client.placeInRoom;
  members.pop_back();
  client.room = nullptr;
}

/// At once, but not before what the client's room has been sent this turn.
void LimitServer::sendReplies(LimitClient &client) {
  if (replies->empty() || client.fd < 0)
    return replies->clear();
  if (!client.replies && (!client.room || client.room->chunk->empty())) {
    sendOrKeep(client, replies);
    return reuse(replies);
  }
  if (!client.replies) {
    client.replies = std::make_shared<std::string>();
    repliesOfTurn.push_back(&client);
  }
  client.replies->append(*replies);
  replies->clear();
}

void LimitServer::reuse(Chunk &chunk) {
  if (chunk.use_count() == 1)
    chunk->clear();
  else
    chunk = std::make_shared<std::string>();
}

void LimitServer::flushTurn() {
  for (LimitRoom *room : roomsOfTurn) {
    // From the back: dropping a member moves the last one into its place.
    for (size_t i = room->members.size(); i-- > 0;)
      sendOrKeep(*room->members[i], room->chunk);
    reuse(room->chunk);
  }
  roomsOfTurn.clear();
  for (LimitClient *client : repliesOfTurn) {
    if (client->fd >= 0)
      sendOrKeep(*client, client->replies);
    client->replies.reset();
  }
  repliesOfTurn.clear();
  dropped.clear();
}

void LimitServer::sendOrKeep(LimitClient &client, const Chunk &chunk) {
  if (!client.unsent.empty()) {
    client.unsent.push_back({chunk, 0});
    return;
  }
  ssize_t sent = send(client.fd, chunk->data(), chunk->size(), MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN)
      return drop(client);
    sent = 0;
  }
  if (size_t(sent) == chunk->size())
    return;
  client.unsent.push_back({chunk, size_t(sent)});
  watch(client, /*forWriting=*/true);
}

void LimitServer::writeUnsent(LimitClient &client) {
  iovec parts[64];
  msghdr message{};
  message.msg_iov = parts;
  for (const Rest &rest : client.unsent) {
    if (message.msg_iovlen == std::size(parts))
      break;
    parts[message.msg_iovlen++] = {rest.chunk->data() + rest.sent,
                                   rest.chunk->size() - rest.sent};
  }
  ssize_t sent = sendmsg(client.fd, &message, MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN)
      drop(client);
    return;
  }
  auto rest = client.unsent.begin();
  for (auto left = size_t(sent); left;) {
    size_t part = std::min(left, rest->chunk->size() - rest->sent);
    left -= part;
    rest->sent += part;
    if (rest->sent == rest->chunk->size())
      ++rest;
  }
  client.unsent.erase(client.unsent.begin(), rest);
  if (client.unsent.empty())
    watch(client, /*forWriting=*/false);
}

void LimitServer::watch(LimitClient &client, bool forWriting) {
  epoll_event event{};
  event.events = EPOLLIN | (forWriting ? EPOLLOUT : 0);
  event.data.fd = client.fd;
  epoll_ctl(epollFd, EPOLL_CTL_MOD, client.fd, &event);
}

void LimitServer::drop(LimitClient &client) {
  if (client.fd < 0)
    return;
  leave(client);
  int fd = client.fd;
  client.fd = -1;
  dropped.push_back(std::move(clients[fd]));
  close(fd);
}
