//===- WsOptions.td - settings of a WebSocket server -------*- tablegen -*-===//
//
// Each is an entry of the dictionary that serving takes, and an environment
// variable. Included by WsIntrinsics.td, behind the family.
//
//===----------------------------------------------------------------------===//

class Ws_IntOption<string name, int value, int min, int max, string unit,
                   string doc>
    : IntOption<Ws_Family, name, value, min, max, unit, doc>;
class Ws_TextOption<string name, string value, string doc>
    : TextOption<Ws_Family, name, value, doc>;
class Ws_ChoiceOption<string name, list<string> choices, string value,
                      string doc>
    : ChoiceOption<Ws_Family, name, choices, value, doc>;

defvar Ws_Day = 86400000;        // milliseconds
defvar Ws_Many = 2147483647;
defvar Ws_Large = 1099511627776; // 1 TiB

let section = "Server" in {
def Ws_OptBind : Ws_TextOption<"bind", "0.0.0.0",
    "address to listen on, IPv4 or IPv6; or, and then the port is not used, "
    "unix:PATH or unix:@NAME for a UNIX-domain socket, or fd:NAME for one that "
    "was inherited from the service manager">;
def Ws_OptListen : Ws_TextOption<"listen", "",
    "where to listen besides: a list of ports, addresses with ports, unix:PATH, "
    "unix:@NAME and fd:NAME, each with tls: in front or plain, such as "
    "80,tls:[::1]:8443,unix:/run/chat.sock">;
def Ws_OptUnixMode : Ws_TextOption<"unix_mode", "0666",
    "permissions of the files of UNIX-domain sockets; who may write may connect">;
def Ws_OptShards : Ws_IntOption<"shards", 1, 1, 256, "threads",
    "event loops, each a thread; with more than one, callbacks run at once">;
def Ws_OptFlush : Ws_ChoiceOption<"flush", ["epoll", "io_uring"], "epoll",
    "how a turn's output is sent: epoll (a system call for each connection) or "
    "io_uring (one for all of them, where the kernel allows it)">;
}

let section = "Client certificates" in {
def Ws_OptClientCa : Ws_TextOption<"client_ca", "",
    "PEM file of whose certificates clients must show where there is TLS, with "
    "revocation lists or without; read again with the certificates; empty: no "
    "client is asked for one">;
def Ws_OptClientCertificates : Ws_ChoiceOption<"client_certificates",
    ["required", "optional"], "required",
    "whether a client without a certificate is refused (required) or served, too "
    "(optional), if client_ca is set; one with a bad certificate is refused">;
}

let section = "Connections" in {
def Ws_OptMaxConnections : Ws_IntOption<"max_connections", 100000, 1, Ws_Many,
    "connections", "connections of a server at once; more are refused with 503">;
def Ws_OptMaxConnectionsPerAddress : Ws_IntOption<"max_connections_per_address",
    0, 0, Ws_Many, "connections", "of one IPv4 address or IPv6 /64 at once; more "
    "are refused with 429; 0 for no limit; behind a proxy it needs "
    "trusted_proxies, else all have one address">;
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
    "bytes", "keys and values that put keeps for one connection, and 64 for each "
    "key">;
def Ws_OptMaxRoomsBytes : Ws_IntOption<"max_rooms_bytes", 4194304, 512, Ws_Large,
    "bytes", "names of the rooms that one connection is in, and 432 for each "
    "room; to join one more is err_too_large">;
def Ws_OptMaxMemory : Ws_IntOption<"max_memory", 0, 0, Ws_Large, "bytes",
    "the process's memory; over it new connections are refused with 503, and "
    "those with the most waiting are closed with 1013; 0 for four fifths of what "
    "the machine or its control group has">;
}

let section = "Proxies" in {
def Ws_OptTrustedProxies : Ws_TextOption<"trusted_proxies", "",
    "proxies whose word about a client is taken: a list of addresses and prefixes "
    "such as 127.0.0.1,10.0.0.0/8,2001:db8::/32, and unix for who connects to a "
    "UNIX-domain socket; empty for none; they do not count for "
    "max_connections_per_address">;
def Ws_OptProxyProtocol : Ws_ChoiceOption<"proxy_protocol", ["off", "on"], "off",
    "connections of trusted_proxies begin with a PROXY header, version 1 or 2, and "
    "are closed without one: on or off">;
// Not both kinds: a proxy writes one, and lets a client's own pass in the other.
def Ws_OptForwardedHeaders : Ws_ChoiceOption<"forwarded_headers",
    ["off", "forwarded", "x_forwarded"], "off",
    "what requests of trusted_proxies tell about the client: nothing (off), the "
    "header Forwarded of RFC 7239 (forwarded), or X-Forwarded-For, -Proto, -Host "
    "and -Port (x_forwarded); take what the proxy writes itself">;
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
    "of frames, and of what compressed ones inflate to, a second from one "
    "connection; more close it with 1008; 0 for no limit">;
def Ws_OptMaxByteBurst : Ws_IntOption<"max_byte_burst", 0, 0, Ws_Large, "bytes",
    "at once, before max_byte_rate counts; 0 for as many as in a second">;
def Ws_OptMaxPingRate : Ws_IntOption<"max_ping_rate", 1000, 0, Ws_Large,
    "frames", "pings and pongs a second from one connection, and at once; more "
    "close it with 1008; 0 for no limit">;
}

let section = "Compression" in {
def Ws_OptDeflate : Ws_ChoiceOption<"deflate", ["off", "on"], "off",
    "permessage-deflate (RFC 7692) with clients that offer it: on or off">;
def Ws_OptDeflateContext : Ws_ChoiceOption<"deflate_context", ["off", "on"],
    "on", "a client may refer to its earlier messages: on (the last 32 KiB of "
    "what it sent compressed are kept, and no more than that) or off (it is "
    "told not to, whether it has offered that or not: some clients, Netty's "
    "among them, then refuse the connection)">;
def Ws_OptDeflateMinBytes : Ws_IntOption<"deflate_min_bytes", 128, 1, Ws_Large,
    "bytes", "a message that is sent compressed; a shorter one goes plain, and "
    "so does one that would not get shorter">;
def Ws_OptDeflateLevel : Ws_IntOption<"deflate_level", 6, 1, 9, "level",
    "effort of compression, from 1 (fast) to 9 (small)">;
def Ws_OptMaxInflateRatio : Ws_IntOption<"max_inflate_ratio", 100, 0, 1100,
    "times", "a received message's size to that of its compressed form, if it "
    "is over inflate_floor; a higher one closes the connection with 1009; 0 for "
    "any">;
def Ws_OptInflateFloor : Ws_IntOption<"inflate_floor", 1048576, 0, 4294967295,
    "bytes", "a received message that may be compressed as much as it likes; "
    "max_inflate_ratio holds for larger ones">;
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
    "milliseconds", "after a ping without a byte from the peer or one that it "
    "takes, or without one that it takes of a page, which end it">;
def Ws_OptIdleTimeout : Ws_IntOption<"idle_timeout_ms", 0, 0, Ws_Day,
    "milliseconds", "without a whole message from the peer that close a connection "
    "with 1001; pings and pongs are no messages; 0 for never">;
def Ws_OptCloseTimeout : Ws_IntOption<"close_timeout_ms", 5000, 1, Ws_Day,
    "milliseconds", "that the peer has to answer a close frame, counted anew "
    "while it takes what was sent before">;
def Ws_OptDrainWindow : Ws_IntOption<"drain_window_ms", 1000, 0, Ws_Day,
    "milliseconds", "over which a stop spreads its closes; 0 for all at once">;
def Ws_OptDrainTimeout : Ws_IntOption<"drain_timeout_ms", 10000, 1, Ws_Day,
    "milliseconds", "that a stop may take before what is left is cut">;
}

let section = "Admin port" in {
def Ws_OptAdminPort : Ws_IntOption<"admin_port", -1, -1, 65535, "port",
    "of /healthz, /readyz and /metrics; 0 for any that is free, -1 for none">;
def Ws_OptAdminBind : Ws_TextOption<"admin_bind", "127.0.0.1",
    "address of the admin port, as bind">;
def Ws_OptHealthTimeout : Ws_IntOption<"health_timeout_ms", 5000, 1, Ws_Day,
    "milliseconds", "without a turn of an event loop, then /healthz is 503">;
}
