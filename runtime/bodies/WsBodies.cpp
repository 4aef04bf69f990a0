//===- WsBodies.cpp - the bodies of family `ws` ---------------------------===//

#include "plumb/Runtime/Contain.h"
#include "plumb/Runtime/Text.h"
#include "plumb/ws.bodies.h"
#include "runtime/base/Ascii.h"
#include "runtime/base/Log.h"
#include "runtime/base/Utf8.h"
#include "runtime/bodies/ReadOptions.h"
#include "runtime/bodies/WsProgram.h"
#include "runtime/http/Pages.h"
#include "runtime/net/Certificates.h"
#include "runtime/net/Inherited.h"
#include "runtime/net/StandardDescriptors.h"
#include "runtime/net/Stop.h"
#include "runtime/server/ProgramCalls.h"
#include "runtime/server/Server.h"
#include "runtime/wire/CloseCode.h"

#include <algorithm>

using namespace plumb::rt;
using rooms::Token;
using server::Connection;
using server::ProgramCalls;
using wire::Opcode;

/// What the C interface calls it. Most calls are good.
static int64_t codeOf(rooms::Status status) {
  using rooms::Status;
  switch (status) {
  case Status::Ok:
    return PLUMB_OK;
  case Status::InvalidArgument:
    return PLUMB_ERR_INVALID_ARGUMENT;
  case Status::StaleHandle:
    return PLUMB_ERR_STALE_HANDLE;
  case Status::NoMemory:
    return PLUMB_ERR_NO_MEMORY;
  case Status::Internal:
    return PLUMB_ERR_INTERNAL;
  case Status::Closed:
    return PLUMB_WS_ERR_CLOSED;
  case Status::QueueFull:
    return PLUMB_WS_ERR_QUEUE_FULL;
  case Status::TooLarge:
    return PLUMB_WS_ERR_TOO_LARGE;
  case Status::AddressInUse:
    return PLUMB_WS_ERR_ADDRESS_IN_USE;
  case Status::CannotListen:
    return PLUMB_WS_ERR_BIND;
  case Status::Certificate:
    return PLUMB_WS_ERR_CERTIFICATE;
  }
  return PLUMB_ERR_INTERNAL;
}

//===----------------------------------------------------------------------===//
// Servers
//===----------------------------------------------------------------------===//

static int64_t serveProgram(int64_t port, const net::TlsFiles *tls,
                            WsProgram &program, const plumb_str *given) {
  if (port < 0 || port > 65535) {
    static base::LogGate gate;
    base::log(gate, base::LogLevel::Error,
              "cannot listen on port " + std::to_string(port) +
                  ": a port is a number from 0 (any that is free) to 65535");
    return PLUMB_ERR_INVALID_ARGUMENT;
  }
  net::InheritedSockets::instance(); // Changes the environment, once.
  server::Options options;
  if (!program.connect || !program.message || !program.closed ||
      !readOptions(view(given), options))
    return PLUMB_ERR_INVALID_ARGUMENT;
  net::occupyStandardDescriptors();
  FaultGuard faults;
  return codeOf(
      server::serve(options, static_cast<uint16_t>(port), tls, program));
}

static WsProgram programOf(plumb_ws_on_connect connect, void *connectEnv,
                           plumb_ws_on_message message, void *messageEnv,
                           plumb_ws_on_close closed, void *closedEnv,
                           plumb_ws_on_binary binary, void *binaryEnv,
                           plumb_ws_on_drained drained, void *drainedEnv) {
  WsProgram program;
  program.connect = connect;
  program.message = message;
  program.closed = closed;
  program.binary = binary;
  program.drained = drained;
  program.connectEnv = connectEnv;
  program.messageEnv = messageEnv;
  program.closedEnv = closedEnv;
  program.binaryEnv = binaryEnv;
  program.drainedEnv = drainedEnv;
  GivenEnvironment *given = program.given;
  for (void *env : {connectEnv, messageEnv, closedEnv, binaryEnv, drainedEnv})
    *given++ = GivenEnvironment::takeOver(env);
  return program;
}

PLUMB_BODY(ws, serve) {
  WsProgram program = programOf(
      on_connect, on_connect_env, on_message, on_message_env, on_close,
      on_close_env, on_binary, on_binary_env, on_drained, on_drained_env);
  return serveProgram(port, nullptr, program, options);
}

PLUMB_BODY(ws, serve_tls) {
  WsProgram program = programOf(
      on_connect, on_connect_env, on_message, on_message_env, on_close,
      on_close_env, on_binary, on_binary_env, on_drained, on_drained_env);
  net::TlsFiles files{std::string(view(certificate)),
                      std::string(view(private_key))};
  return serveProgram(port, &files, program, options);
}

PLUMB_BODY(ws, certificate) {
  auto &all = net::Certificates::instance();
  net::TlsFiles files{std::string(view(certificate)),
                      std::string(view(private_key))};
  bool forget = files.certificate.empty() && files.privateKey.empty();
  switch (forget ? all.remove(view(server_name))
                 : all.add(view(server_name), files)) {
  case net::Certificates::Outcome::Good:
    return PLUMB_OK;
  case net::Certificates::Outcome::Invalid:
    return PLUMB_ERR_INVALID_ARGUMENT;
  case net::Certificates::Outcome::TooMany:
    return PLUMB_WS_ERR_TOO_LARGE;
  case net::Certificates::Outcome::Bad:
    return PLUMB_WS_ERR_CERTIFICATE;
  }
  return PLUMB_ERR_INTERNAL;
}

PLUMB_BODY(ws, reload_certificates) {
  return net::Certificates::instance().reload() ? PLUMB_OK
                                                : PLUMB_WS_ERR_CERTIFICATE;
}

PLUMB_BODY(ws, stop) {
  net::requestStop();
  return PLUMB_OK;
}

PLUMB_BODY(ws, page) {
  std::string_view where = view(path), type = view(content_type);
  // A media type may have spaces: "text/html; charset=utf-8".
  bool typeIsPlain = !type.empty() && base::allOf(type, base::isPrintable);
  if (!where.starts_with('/') || !base::allOf(where, base::isGraphic) ||
      !typeIsPlain || where.find_first_of("?#") != std::string_view::npos)
    return PLUMB_ERR_INVALID_ARGUMENT;
  http::Pages::instance().set(where, type,
                              wire::Bytes(body->data, body->data + body->len));
  return PLUMB_OK;
}

//===----------------------------------------------------------------------===//
// Connections
//===----------------------------------------------------------------------===//

/// For arguments that are wrong: the handle is judged first.
static int64_t refuse(plumb_ws_conn conn) {
  return ProgramCalls::read(tokenOf(conn), [](const Connection &) {})
             ? PLUMB_ERR_INVALID_ARGUMENT
             : PLUMB_ERR_STALE_HANDLE;
}

PLUMB_BODY(ws, send) {
  return codeOf(
      ProgramCalls::send(tokenOf(conn), Opcode::Text, bytesOf(message)));
}

PLUMB_BODY(ws, send_binary) {
  return codeOf(
      ProgramCalls::send(tokenOf(conn), Opcode::Binary, bytesOf(message)));
}

PLUMB_BODY(ws, close) {
  if (code < 0 || code > 4999 ||
      !wire::isValidCloseCode(static_cast<uint16_t>(code)) ||
      reason->len > 123 || !base::isValidUtf8(bytesOf(reason)))
    return refuse(conn);
  return codeOf(ProgramCalls::close(tokenOf(conn), static_cast<uint16_t>(code),
                                    view(reason)));
}

/// Runs `get(const Connection &)`, which gives a text, and copies that.
template <typename Get>
static const plumb_str *textOf(plumb_ws_conn conn, Get &&get) {
  const plumb_str *result = emptyStr();
  ProgramCalls::read(tokenOf(conn), [&](const Connection &connection) {
    result = copyStr(get(connection));
  });
  return result;
}

PLUMB_BODY(ws, path) {
  return textOf(conn, [](const Connection &connection) {
    return base::toUtf8(connection.request().path());
  });
}

PLUMB_BODY(ws, query) {
  return textOf(conn, [&](const Connection &connection) {
    return base::toUtf8(
        wire::queryValue(connection.request().query(), view(parameter))
            .value_or(std::string()));
  });
}

PLUMB_BODY(ws, header) {
  return textOf(conn, [&](const Connection &connection) {
    return base::toUtf8(connection.request().header(view(field)));
  });
}

PLUMB_BODY(ws, subprotocol) {
  return textOf(conn, [](const Connection &connection) {
    return connection.subprotocol();
  });
}

PLUMB_BODY(ws, remote_address) {
  return textOf(conn, [](const Connection &connection) {
    return connection.peer().text();
  });
}

PLUMB_BODY(ws, id) { return static_cast<int64_t>(tokenOf(conn).value()); }

PLUMB_BODY(ws, by_id) {
  return handleOf(rooms::Token(static_cast<uint64_t>(id)));
}

PLUMB_BODY(ws, client_certificate) {
  if (!net::ClientCertificate::hasPart(view(part))) {
    static base::LogGate gate;
    base::log(gate, base::LogLevel::Error,
              "a client's certificate has no part '" +
                  std::string(view(part).substr(0, 100)) + "'; there are " +
                  net::ClientCertificate::partNames());
  }
  return textOf(conn, [&](const Connection &connection) {
    return base::toUtf8(connection.certificate().part(view(part)));
  });
}

PLUMB_BODY(ws, put) {
  return codeOf(ProgramCalls::put(tokenOf(conn), view(key), view(value)));
}

PLUMB_BODY(ws, get) {
  return textOf(conn, [&](const Connection &connection) {
    return connection.store.get(view(key));
  });
}

//===----------------------------------------------------------------------===//
// Rooms
//===----------------------------------------------------------------------===//

PLUMB_BODY(ws, join) {
  return codeOf(ProgramCalls::join(tokenOf(conn), view(room)));
}

PLUMB_BODY(ws, leave) {
  return codeOf(ProgramCalls::leave(tokenOf(conn), view(room)));
}

PLUMB_BODY(ws, broadcast) {
  return ProgramCalls::broadcast(view(room), Opcode::Text, bytesOf(message));
}

PLUMB_BODY(ws, broadcast_binary) {
  return ProgramCalls::broadcast(view(room), Opcode::Binary, bytesOf(message));
}

PLUMB_BODY(ws, broadcast_except) {
  return ProgramCalls::broadcast(view(room), Opcode::Text, bytesOf(message),
                                 tokenOf(except));
}

PLUMB_BODY(ws, member_count) { return ProgramCalls::memberCount(view(room)); }
