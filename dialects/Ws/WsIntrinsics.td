//===- WsIntrinsics.td - WebSocket rooms -------------------*- tablegen -*-===//
//
// Servers, connections and rooms (RFC 6455).
//
//===----------------------------------------------------------------------===//

include "plumb/Intrinsic/Intrinsic.td"

def Ws_Family : IntrinsicFamily {
  let name = "ws";
  let module = "Ws";
  let summary = "WebSocket servers, connections and rooms";
  let description = [{
    A server accepts connections and calls the program back: `on_connect`
    before the upgrade, `on_message` and `on_binary` for each whole message,
    `on_close` exactly once for each accepted connection. A connection lives on
    one shard (a thread with an event loop) and its callbacks run there one at a
    time. A room is a set of connections with a name; it exists while it has
    members. All members see the messages of a room in one order.
  }];
}
def Ws_Dialect : IntrinsicDialect<Ws_Family, /*hasTypes=*/1>;

class Ws_Intrinsic<string mnemonic> : Intrinsic<Ws_Family, Ws_Dialect, mnemonic>;
class Ws_Callback<string name> : IntrinsicCallback<Ws_Family, name>;
class Ws_Status<string name, int value, string message>
    : IntrinsicStatus<Ws_Family, name, value, message>;

def Ws_Conn : IntrinsicHandle<Ws_Family, Ws_Dialect, "Conn", "conn"> {
  let summary = "a connection; stale once its on_close has returned";
}

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

def Ws_Rooms : FamilyResource<"ws.rooms">;
def Ws_Queues : FamilyResource<"ws.queues">;
def Ws_Connections : FamilyResource<"ws.connections">;
def Ws_Servers : FamilyResource<"ws.servers">;

def ReadRooms : Reads<Ws_Rooms>;
def WriteRooms : Writes<Ws_Rooms>;
def WriteQueues : Writes<Ws_Queues>;
def ReadConnections : Reads<Ws_Connections>;
def WriteConnections : Writes<Ws_Connections>;
def WriteServers : Writes<Ws_Servers>;

//===----------------------------------------------------------------------===//
// Status codes
//===----------------------------------------------------------------------===//

def Ws_ErrClosed
    : Ws_Status<"err_closed", -100, "the connection is closing or closed">;
def Ws_ErrQueueFull
    : Ws_Status<"err_queue_full", -101,
                "the connection's send queue is full; the message is not sent">;
def Ws_ErrAddressInUse
    : Ws_Status<"err_address_in_use", -102,
                "another program listens on this address and port">;
def Ws_ErrBind
    : Ws_Status<"err_bind", -103, "the address and port cannot be listened on">;
def Ws_ErrCertificate
    : Ws_Status<"err_certificate", -104,
                "the certificate or its private key cannot be used">;
def Ws_ErrTooLarge
    : Ws_Status<"err_too_large", -105, "larger than the limit that applies">;

include "plumb/Ws/WsOptions.td"

//===----------------------------------------------------------------------===//
// Callbacks
//===----------------------------------------------------------------------===//

def Ws_OnConnect : Ws_Callback<"on_connect"> {
  let summary = "A client asks to connect: true accepts, false refuses with "
                "HTTP 403 before the upgrade";
  let arguments = (ins Arg<Ws_Conn, "the connection to be">:$conn);
  let results = (outs Bool:$accept);
}
def Ws_OnMessage : Ws_Callback<"on_message"> {
  let summary = "A whole text message has arrived";
  let arguments = (ins Arg<Ws_Conn, "its sender">:$conn,
                       Arg<Str, "UTF-8 text">:$message);
}
def Ws_OnBinary : Ws_Callback<"on_binary"> {
  let summary = "A whole binary message has arrived";
  let arguments = (ins Arg<Ws_Conn, "its sender">:$conn,
                       Arg<Bytes, "the data">:$message);
}
def Ws_OnClose : Ws_Callback<"on_close"> {
  let summary = "An accepted connection has ended; it is in no room any more";
  let arguments = (ins
      Arg<Ws_Conn, "the connection, stale after the return">:$conn,
      Arg<Int, "RFC 6455 section 7.4 code; 1005 when the peer gave none, 1006 "
               "when the transport ended without a close frame">:$code,
      Arg<Str, "the reason given, or empty">:$reason);
}

def Ws_OnDrained : Ws_Callback<"on_drained"> {
  let summary = "A connection's send queue was full and has emptied";
  let description = [{
    Called once after the queue refused or dropped a message and everything in
    it has been sent since; with the queue policies drop_newest and drop_oldest.
  }];
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn);
}

//===----------------------------------------------------------------------===//
// Servers
//===----------------------------------------------------------------------===//

defvar Ws_callbacks = (ins
    Arg<Callback<Ws_OnConnect>, "asked before the upgrade">:$on_connect,
    Arg<Callback<Ws_OnMessage>, "called for each text message">:$on_message,
    Arg<Callback<Ws_OnClose>, "called once a connection has ended">:$on_close,
    Arg<OptionalCallback<Ws_OnBinary>, "called for each binary message; without "
        "it binary messages close the connection with 1003">:$on_binary,
    Arg<OptionalCallback<Ws_OnDrained>, "called when a queue that was full has "
        "emptied">:$on_drained);

defvar Ws_options = !con((ins
    Arg<Options, "limits and settings of this server">:$options), Environments);

def Ws_Serve : Ws_Intrinsic<"serve"> {
  let summary = "Serve WebSocket connections until stopped";
  let description = [{
    Slow readers: what waits for a connection is bounded by the options
    max_queue_bytes and max_queue_messages, and queue_policy says what happens to
    a message when the bound is reached; what one turn of a room has laid out
    may exceed it by 256 KiB. A message of a broadcast is held once, however
    many connections wait for it.

    Order: all members of a room see its messages in one order, and messages of
    one sender in the order sent. A message that was accepted before a member's
    `ws.leave` or the sender's close is delivered. None is after `ws.leave` has
    returned and the turn is over.

    Listens, at several places if the option listen names them, then runs the
    event loops and calls back until `ws.stop`, SIGINT or
    SIGTERM; open connections are then closed with 1001. SIGTERM does what
    `ws.stop` does, SIGINT the same without spreading the closes; a second
    signal ends the process on the spot. Returns at once with the reason when it
    cannot listen.
    An environment variable that is set wins over the option of the program;
    one of the two that is not good is refused.
  }];
  let arguments = !con((ins Arg<Int, "TCP port, 0 for any that is free; not "
                                     "used where the option bind says so">:$port),
                       Ws_callbacks, Ws_options);
  let results = (outs Status:$status);
  let touches = [WriteServers];
  let blocks = 1;
}

def Ws_ServeTls : Ws_Intrinsic<"serve_tls"> {
  let summary = "Serve WebSocket connections over TLS until stopped";
  let description = [{
    As `ws.serve`, over TLS 1.2 or 1.3; what the option listen names besides has
    TLS where it says so.
  }];
  let arguments = !con((ins
      Arg<Int, "as of `ws.serve`">:$port,
      Arg<Str, "path of the certificate chain, PEM">:$certificate,
      Arg<Str, "path of its private key, PEM">:$private_key), Ws_callbacks,
      Ws_options);
  let results = (outs Status:$status);
  let touches = [WriteServers];
  let blocks = 1;
}

def Ws_Certificate : Ws_Intrinsic<"certificate"> {
  let summary = "Show another certificate to clients that ask for a name";
  let description = [{
    For every TLS server of this process, now or later; connections that are
    open stay as they are. A name is a host name or `*.` and one, which stands
    for one label more (`*.example.org`: `a.example.org`); an exact name goes
    before it. Clients that ask for no name, or another, are shown the server's
    own certificate. Set again, a name's certificate is replaced; when the files
    are bad the old one stays. With both paths empty the name is forgotten, and
    its files are not read again.
  }];
  let arguments = (ins Arg<Str, "host name, or \"*.\" and one">:$server_name,
                       Arg<Str, "path of the certificate chain, PEM">:$certificate,
                       Arg<Str, "path of its private key, PEM">:$private_key);
  let results = (outs Status:$status);
  let touches = [WriteServers];
}

def Ws_ReloadCertificates : Ws_Intrinsic<"reload_certificates"> {
  let summary = "Read the files of all certificates again";
  let description = [{
    All are checked, then the good ones are replaced at once; handshakes from
    then on show the new ones, connections that are open stay as they are. Where
    the files are bad the old certificate stays, the log says which and why, and
    the status is `err_certificate`. SIGHUP does the same while a server has TLS.
  }];
  let results = (outs Status:$status);
  let touches = [WriteServers];
}

def Ws_Stop : Ws_Intrinsic<"stop"> {
  let summary = "Stop every server of this process";
  let description = [{
    No connection is accepted any more. Open ones are closed with 1001, spread
    over `drain_window_ms`, each after what is queued to it; until its turn each
    is served as before. What is left after `drain_timeout_ms` is cut. Then
    `ws.serve` returns.
  }];
  let results = (outs Status:$status);
  let touches = [WriteServers];
}

def Ws_Page : Ws_Intrinsic<"page"> {
  let summary = "Answer GET requests for a path with a fixed page";
  let description = [{
    For the page that opens the connection, served on the same port. Set again,
    a path's page is replaced.

    The path is compared with that of a request byte by byte, as it was sent:
    percent-escapes are not decoded, case matters, `/a` and `/a/` are two paths,
    and so are `/a` and `//a`. The query, which begins at `?`, is no part of it.
    A path with a space or a letter beyond ASCII is set as browsers send it,
    `/caf%C3%A9`; one with other bytes, `?` or `#` is an invalid argument.
  }];
  let arguments = (ins Arg<Str, "absolute path, such as \"/\"">:$path,
                       Arg<Str, "media type">:$content_type,
                       Arg<Bytes, "the page">:$body);
  let results = (outs Status:$status);
  let touches = [WriteServers];
}

//===----------------------------------------------------------------------===//
// Connections
//===----------------------------------------------------------------------===//

def Ws_Send : Ws_Intrinsic<"send"> {
  let summary = "Send a text message to one connection";
  let arguments = (ins Arg<Ws_Conn, "the receiver">:$conn,
                       Arg<Str, "UTF-8 text">:$message);
  let results = (outs Status:$status);
  let touches = [WriteQueues];
}

def Ws_SendBinary : Ws_Intrinsic<"send_binary"> {
  let summary = "Send a binary message to one connection";
  let arguments = (ins Arg<Ws_Conn, "the receiver">:$conn,
                       Arg<Bytes, "the data">:$message);
  let results = (outs Status:$status);
  let touches = [WriteQueues];
}

def Ws_Close : Ws_Intrinsic<"close"> {
  let summary = "Close a connection with a code and a reason";
  let description = [{
    What is queued is sent first; the connection leaves its rooms, then
    `on_close` is called.
  }];
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn,
      Arg<Int, "1000 to 1003, 1007 to 1014 or 3000 to 4999">:$code,
      Arg<Str, "at most 123 bytes">:$reason);
  let results = (outs Status:$status);
  let touches = [WriteQueues, WriteConnections];
}

def Ws_Path : Ws_Intrinsic<"path"> {
  let summary = "The path that the client asked for";
  let description = [{
    As it was sent, up to `?`: percent-escapes are not decoded, dot segments and
    empty ones stay (browsers resolve `.` and `..` before they send), case and a
    slash at the end are kept. "/" when the client asked for none. A byte that is
    not UTF-8, which a client should have escaped, is replaced by U+FFFD.
  }];
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn);
  let results = (outs Str:$path);
  let touches = [ReadConnections];
  let freshResult = 1;
}

def Ws_Query : Ws_Intrinsic<"query"> {
  let summary = "A parameter of the query that the client asked with";
  let description = [{
    Of the parameters of that name the first. Names and values are what HTML
    forms send: percent-escapes are decoded and `+` is a space, then names are
    compared byte by byte. What is not UTF-8 in a value is replaced by U+FFFD.
  }];
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn,
                       Arg<Str, "the parameter's name">:$parameter);
  let results = (outs Res<Str, "percent-decoded; empty when absent">:$value);
  let touches = [ReadConnections];
  let freshResult = 1;
}

def Ws_Header : Ws_Intrinsic<"header"> {
  let summary = "A header field of the client's request";
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn,
                       Arg<Str, "the field's name, in any case">:$field);
  let results = (outs Res<Str, "empty when absent">:$value);
  let touches = [ReadConnections];
  let freshResult = 1;
}

def Ws_Subprotocol : Ws_Intrinsic<"subprotocol"> {
  let summary = "The subprotocol that client and server agreed on";
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn);
  let results = (outs Res<Str, "one of the option subprotocols, or empty">:$name);
  let touches = [ReadConnections];
  let freshResult = 1;
}

def Ws_RemoteAddress : Ws_Intrinsic<"remote_address"> {
  let summary = "The client's address and port";
  let description = [{
    What a proxy says, if the option trusted_proxies names it; then the port is 0
    when the proxy does not tell it. Else who has connected, which may be a proxy,
    or `unix` for who came through a UNIX-domain socket.
  }];
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn);
  let results = (outs Res<Str, "as 192.0.2.1:4711 or [2001:db8::1]:4711">:$address);
  let touches = [ReadConnections];
  let freshResult = 1;
}

def Ws_Id : Ws_Intrinsic<"id"> {
  let summary = "The number of a connection";
  let description = [{
    For where a handle cannot be kept: the data of a timer, a text, a table. It
    is never another connection's while the process runs, and never 0. A stale
    handle still has its number.
  }];
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn);
  let results = (outs Int:$id);
}

def Ws_ById : Ws_Intrinsic<"by_id"> {
  let summary = "The connection that has a number";
  let description = [{
    The handle is as good as that which the number was made of. Any number may be
    asked with: when it is no connection's, or its `on_close` has returned, the
    handle is stale, and what is done with it has the status `err_stale_handle`.
  }];
  let arguments = (ins Arg<Int, "from `ws.id`">:$id);
  let results = (outs Ws_Conn:$conn);
}

def Ws_ClientCertificate : Ws_Intrinsic<"client_certificate"> {
  let summary = "What the client's certificate says of it";
  let description = [{
    Of a certificate that was verified by the option client_ca; else, and for a
    part that it does not have, empty. The parts:

    - `subject` and `issuer`: names as RFC 4514 writes them, `CN=ada,O=Example`
    - `common_name`: of the subject; the last if there are several
    - `dns`, `email`, `uri`: names of subjectAltName, with a line feed between
      several
    - `serial`: hexadecimal, capital letters
    - `fingerprint`: SHA-256, 64 hexadecimal digits, small letters
    - `pem`: the whole certificate

    Compare whole texts: what a subject has is the authority's decision, and a
    part of it may be somebody else's whole.
  }];
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn,
                       Arg<Str, "which part">:$part);
  let results = (outs Res<Str, "empty when there is none">:$value);
  let touches = [ReadConnections];
  let freshResult = 1;
}

def Ws_Put : Ws_Intrinsic<"put"> {
  let summary = "Remember a text under a key on a connection";
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn,
                       Arg<Str, "the key">:$key,
                       Arg<Str, "the text; empty forgets the key">:$value);
  let results = (outs Status:$status);
  let touches = [WriteConnections];
}

def Ws_Get : Ws_Intrinsic<"get"> {
  let summary = "The text that a connection has under a key";
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn,
                       Arg<Str, "the key">:$key);
  let results = (outs Res<Str, "empty when there is none">:$value);
  let touches = [ReadConnections];
  let freshResult = 1;
}

//===----------------------------------------------------------------------===//
// Rooms
//===----------------------------------------------------------------------===//

def Ws_Join : Ws_Intrinsic<"join"> {
  let summary = "Make a connection a member of a room";
  let description = [{
    A member that joins again stays a member, once. The option max_rooms_bytes
    limits in how many rooms one connection can be.
  }];
  let arguments = (ins Arg<Ws_Conn, "the new member">:$conn,
                       Arg<Str, "room name">:$room);
  let results = (outs Status:$status);
  let touches = [WriteRooms];
}

def Ws_Leave : Ws_Intrinsic<"leave"> {
  let summary = "End a connection's membership of a room";
  let description = "Success, too, when it was no member.";
  let arguments = (ins Arg<Ws_Conn, "the member">:$conn,
                       Arg<Str, "room name">:$room);
  let results = (outs Status:$status);
  let touches = [WriteRooms];
}

def Ws_Broadcast : Ws_Intrinsic<"broadcast"> {
  let summary = "Send a text message to every member of a room";
  let description = [{
    Gives how many members did not get it, because their queue is full. Exact for
    members on the shard of the caller; on other shards, where it is queued at
    the same time, only members of a shard that takes no more are counted.
  }];
  let arguments = (ins Arg<Str, "room name">:$room,
                       Arg<Str, "UTF-8 text">:$message);
  let results = (outs Count:$undelivered);
  let touches = [ReadRooms, WriteQueues];
}

def Ws_BroadcastBinary : Ws_Intrinsic<"broadcast_binary"> {
  let summary = "Send a binary message to every member of a room";
  let arguments = (ins Arg<Str, "room name">:$room,
                       Arg<Bytes, "the data">:$message);
  let results = (outs Count:$undelivered);
  let touches = [ReadRooms, WriteQueues];
}

def Ws_BroadcastExcept : Ws_Intrinsic<"broadcast_except"> {
  let summary = "Send a text message to every member of a room but one";
  let arguments = (ins Arg<Str, "room name">:$room,
                       Arg<Str, "UTF-8 text">:$message,
                       Arg<Ws_Conn, "the member to leave out">:$except);
  let results = (outs Count:$undelivered);
  let touches = [ReadRooms, WriteQueues];
}

def Ws_MemberCount : Ws_Intrinsic<"member_count"> {
  let summary = "How many members a room has now";
  let arguments = (ins Arg<Str, "room name">:$room);
  let results = (outs Count:$members);
  let touches = [ReadRooms];
}
