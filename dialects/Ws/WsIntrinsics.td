//===- WsIntrinsics.td - WebSocket rooms -------------------*- tablegen -*-===//
//
// Servers, connections and rooms (RFC 6455).
//
//===----------------------------------------------------------------------===//

include "dialects/Intrinsic/Intrinsic.td"

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
class Ws_IntOption<string name, int value, int least, int most, string unit,
                   string doc>
    : IntOption<Ws_Family, name, value, least, most, unit, doc>;
class Ws_TextOption<string name, string value, string doc>
    : TextOption<Ws_Family, name, value, doc>;
class Ws_ChoiceOption<string name, list<string> choices, string value,
                      string doc>
    : ChoiceOption<Ws_Family, name, choices, value, doc>;

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

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

defvar Ws_Day = 86400000;        // milliseconds
defvar Ws_Many = 2147483647;
defvar Ws_Large = 1099511627776; // 1 TiB

let section = "Server" in {
def Ws_OptBind : Ws_TextOption<"bind", "0.0.0.0",
    "address to listen on, IPv4 or IPv6">;
def Ws_OptShards : Ws_IntOption<"shards", 1, 1, 256, "threads",
    "event loops, each a thread; with more than one, callbacks run at once">;
def Ws_OptFlush : Ws_ChoiceOption<"flush", ["epoll", "io_uring"], "epoll",
    "how a turn's output is sent: epoll (a system call for each connection) or "
    "io_uring (one for all of them, where the kernel allows it)">;
}

let section = "Connections" in {
def Ws_OptMaxConnections : Ws_IntOption<"max_connections", 100000, 1, Ws_Many,
    "connections", "connections of a server at once; more are refused with 503">;
def Ws_OptMaxConnectionsPerAddress : Ws_IntOption<"max_connections_per_address",
    0, 0, Ws_Many, "connections", "of one IPv4 address or IPv6 /64 at once; more "
    "are refused with 429; 0 for no limit, as behind a proxy, where all have one "
    "address">;
def Ws_OptOrigins : Ws_TextOption<"origins", "same",
    "pages that may connect: same (the server's own), any, or a list such as "
    "https://a.example,https://b.example; others are refused with 403; a client "
    "that sends no Origin header is no page">;
def Ws_OptSubprotocols : Ws_TextOption<"subprotocols", "",
    "names of subprotocols, the most wanted first, separated by commas; a client "
    "that offers none of them connects without">;
def Ws_OptMaxHeader : Ws_IntOption<"max_header", 16384, 64, 16777216, "bytes",
    "a request's header; a longer one is refused with 431">;
def Ws_OptMaxStoreBytes : Ws_IntOption<"max_store_bytes", 65536, 0, 4294967296,
    "bytes", "keys and values that put keeps for one connection">;
}

let section = "Messages" in {
def Ws_OptMaxMessage : Ws_IntOption<"max_message", 16777216, 1, Ws_Large,
    "bytes", "one message; a longer one closes the connection with 1009">;
// Twice what the conformance suites' longest messages have: 4 MiB in frames of
// 64 bytes.
def Ws_OptMaxFragments : Ws_IntOption<"max_fragments", 131072, 1, Ws_Many,
    "frames", "frames of one message, empty ones too; more close the connection "
    "with 1009">;
def Ws_OptMaxMessageRate : Ws_IntOption<"max_message_rate", 0, 0, Ws_Large,
    "messages", "a second from one connection; more close it with 1008; 0 for no "
    "limit">;
def Ws_OptMaxMessageBurst : Ws_IntOption<"max_message_burst", 0, 0, Ws_Large,
    "messages", "at once, before max_message_rate counts; 0 for as many as in a "
    "second">;
def Ws_OptMaxByteRate : Ws_IntOption<"max_byte_rate", 0, 0, Ws_Large, "bytes",
    "of frames a second from one connection; more close it with 1008; 0 for no "
    "limit">;
def Ws_OptMaxByteBurst : Ws_IntOption<"max_byte_burst", 0, 0, Ws_Large, "bytes",
    "at once, before max_byte_rate counts; 0 for as many as in a second">;
def Ws_OptMaxPingRate : Ws_IntOption<"max_ping_rate", 1000, 0, Ws_Large,
    "frames", "pings and pongs a second from one connection, and at once; more "
    "close it with 1008; 0 for no limit">;
}

let section = "Compression" in {
def Ws_OptDeflate : Ws_ChoiceOption<"deflate", ["off", "on"], "off",
    "permessage-deflate (RFC 7692) with clients that offer it: on or off">;
def Ws_OptDeflateMinBytes : Ws_IntOption<"deflate_min_bytes", 128, 1, Ws_Large,
    "bytes", "a message that is sent compressed; a shorter one goes plain, and "
    "so does one that would not get shorter">;
def Ws_OptDeflateLevel : Ws_IntOption<"deflate_level", 6, 1, 9, "level",
    "effort of compression, from 1 (fast) to 9 (small)">;
def Ws_OptMaxInflateRatio : Ws_IntOption<"max_inflate_ratio", 100, 0, 1100,
    "times", "a received message's size to that of its compressed form, if it "
    "is over 1 MiB; a higher one closes the connection with 1009; 0 for any">;
}

let section = "Queues" in {
// Room for a largest message while others wait.
def Ws_OptMaxQueueBytes : Ws_IntOption<"max_queue_bytes", 67108864, 1024,
    Ws_Large, "bytes", "queued to one connection; then queue_policy decides">;
def Ws_OptMaxQueueMessages : Ws_IntOption<"max_queue_messages", 65536, 1,
    Ws_Many, "messages",
    "queued to one connection; then queue_policy decides">;
def Ws_OptQueuePolicy : Ws_ChoiceOption<"queue_policy",
    ["disconnect", "drop_newest", "drop_oldest"], "disconnect",
    "what a message for a full queue does: disconnect (close with 1013), "
    "drop_newest (it is not queued) or drop_oldest (it takes their place)">;
}

let section = "Time" in {
def Ws_OptHandshakeTimeout : Ws_IntOption<"handshake_timeout_ms", 10000, 1,
    Ws_Day, "milliseconds", "from accept to the end of the request's header">;
def Ws_OptPingInterval : Ws_IntOption<"ping_interval_ms", 30000, 0, Ws_Day,
    "milliseconds", "silence after which the server pings; 0 for never">;
def Ws_OptPongTimeout : Ws_IntOption<"pong_timeout_ms", 30000, 1, Ws_Day,
    "milliseconds", "after a ping without a byte from the peer, which end it">;
def Ws_OptIdleTimeout : Ws_IntOption<"idle_timeout_ms", 0, 0, Ws_Day,
    "milliseconds", "without a whole message from the peer that close a connection "
    "with 1001; pings and pongs are no messages; 0 for never">;
def Ws_OptCloseTimeout : Ws_IntOption<"close_timeout_ms", 5000, 1, Ws_Day,
    "milliseconds", "that the peer has to answer a close frame">;
def Ws_OptDrainWindow : Ws_IntOption<"drain_window_ms", 1000, 0, Ws_Day,
    "milliseconds", "over which a stop spreads its closes; 0 for all at once">;
def Ws_OptDrainTimeout : Ws_IntOption<"drain_timeout_ms", 10000, 1, Ws_Day,
    "milliseconds", "that a stop may take before what is left is cut">;
}

let section = "Admin port" in {
def Ws_OptAdminPort : Ws_IntOption<"admin_port", -1, -1, 65535, "port",
    "of /healthz, /readyz and /metrics; 0 for any that is free, -1 for none">;
def Ws_OptAdminBind : Ws_TextOption<"admin_bind", "127.0.0.1",
    "address of the admin port, IPv4 or IPv6">;
def Ws_OptHealthTimeout : Ws_IntOption<"health_timeout_ms", 5000, 1, Ws_Day,
    "milliseconds", "without a turn of an event loop, then /healthz is 503">;
}

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

defvar Ws_options = (ins
    Arg<Options, "limits and settings of this server">:$options);

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

    Listens, then runs the event loops and calls back until `ws.stop`, SIGINT or
    SIGTERM; open connections are then closed with 1001. SIGTERM does what
    `ws.stop` does, SIGINT the same without spreading the closes; a second
    signal ends the process on the spot. Returns at once with the reason when it
    cannot listen.
    An environment variable that is set wins over the option of the program;
    one of the two that is not good is refused.
  }];
  let arguments = !con((ins Arg<Int, "TCP port, 0 for any that is free">:$port),
                       Ws_callbacks, Ws_options);
  let results = (outs Status:$status);
  let touches = [WriteServers];
  let blocks = 1;
}

def Ws_ServeTls : Ws_Intrinsic<"serve_tls"> {
  let summary = "Serve WebSocket connections over TLS until stopped";
  let description = "As `ws.serve`, over TLS 1.2 or 1.3.";
  let arguments = !con((ins
      Arg<Int, "TCP port, 0 for any that is free">:$port,
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
    are bad the old one stays.
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
    All are checked, then all are replaced at once; handshakes from then on show
    the new ones, connections that are open stay as they are. When one is bad
    the old ones stay, the log says which and why, and the status is
    `err_certificate`. SIGHUP does the same while a server has TLS.
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
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn);
  let results = (outs Str:$path);
  let touches = [ReadConnections];
  let freshResult = 1;
}

def Ws_Query : Ws_Intrinsic<"query"> {
  let summary = "A parameter of the query that the client asked with";
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
  let arguments = (ins Arg<Ws_Conn, "the connection">:$conn);
  let results = (outs Res<Str, "as 192.0.2.1:4711 or [2001:db8::1]:4711">:$address);
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
  let description = "A member that joins again stays a member, once.";
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
