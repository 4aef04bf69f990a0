//===- Session.h - A connection of the Beast peer ---------------*- C++ -*-===//
//
// What a user would write from Boost's examples (websocket-chat-multi): a
// `websocket::stream`, a queue of shared messages, and one `async_write` a
// message. One thread.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_PEERS_BEAST_SESSION_H
#define PLUMB_BENCH_PEERS_BEAST_SESSION_H

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace plumb::bench {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Message = std::shared_ptr<const std::string>;

/// What a room knows of its members.
class Member {
public:
  virtual ~Member() = default;
  virtual void send(Message message) = 0;
};

/// All rooms by name.
class Rooms {
public:
  void join(const std::string &room, Member *member) {
    members[room].insert(member);
  }
  void leave(const std::string &room, Member *member) {
    members[room].erase(member);
  }
  void say(const std::string &room, std::string_view text) {
    auto message = std::make_shared<const std::string>(text);
    for (Member *member : members[room])
      member->send(message);
  }

private:
  std::unordered_map<std::string, std::unordered_set<Member *>> members;
};

/// `Stream` is a beast::tcp_stream, or TLS on one. Alive while something is
/// being read or written.
template <typename Stream>
class Session : public Member,
                public std::enable_shared_from_this<Session<Stream>> {
public:
  template <typename... Arguments>
  Session(Rooms &rooms, bool deflate, Arguments &&...arguments)
      : rooms(rooms), socket(std::forward<Arguments>(arguments)...) {
    beast::websocket::permessage_deflate options;
    options.server_enable = deflate;
    options.server_no_context_takeover = true;
    options.client_no_context_takeover = true;
    socket.set_option(options);
    socket.text(true);
    beast::get_lowest_layer(socket).socket().set_option(
        asio::ip::tcp::no_delay(true));
    beast::get_lowest_layer(socket).expires_never();
  }
  ~Session() override {
    rooms.leave(room, this);
    for (const std::string &name : more)
      rooms.leave(name, this);
  }

  void start() {
    if constexpr (std::is_same_v<Stream, beast::tcp_stream>)
      accept();
    else
      socket.next_layer().async_handshake(
          asio::ssl::stream_base::server,
          [self = this->shared_from_this()](beast::error_code error) {
            if (!error)
              self->accept();
          });
  }

  void send(Message message) override {
    queue.push_back(std::move(message));
    if (queue.size() == 1)
      write();
  }

private:
  void accept() {
    socket.async_accept(
        [self = this->shared_from_this()](beast::error_code error) {
          if (!error)
            self->read();
        });
  }

  void read() {
    socket.async_read(buffer, [self = this->shared_from_this()](
                                  beast::error_code error, size_t) {
      if (error)
        return;
      auto data = self->buffer.cdata();
      self->handle({static_cast<const char *>(data.data()), data.size()});
      self->buffer.clear();
      self->read();
    });
  }

  void write() {
    socket.async_write(
        asio::buffer(*queue.front()),
        [self = this->shared_from_this()](beast::error_code error, size_t) {
          if (error)
            return;
          self->queue.pop_front();
          if (!self->queue.empty())
            self->write();
        });
  }

  void handle(std::string_view text) {
    if (text.starts_with("say ")) {
      if (!room.empty())
        rooms.say(room, text.substr(4));
    } else if (text.starts_with("echo ")) {
      send(std::make_shared<const std::string>(text.substr(5)));
    } else if (text.starts_with("join ")) {
      rooms.leave(room, this);
      room = text.substr(5);
      rooms.join(room, this);
    } else if (text.starts_with("also ")) {
      rooms.join(*more.emplace(text.substr(5)).first, this);
    } else if (text.starts_with("part ")) {
      rooms.leave(std::string(text.substr(5)), this);
      more.erase(std::string(text.substr(5)));
    }
  }

  Rooms &rooms;
  beast::websocket::stream<Stream> socket;
  beast::flat_buffer buffer;
  std::deque<Message> queue;
  std::string room;
  std::set<std::string> more;
};

} // namespace plumb::bench

#endif // PLUMB_BENCH_PEERS_BEAST_SESSION_H
