// A server with the load target's commands that does one thing wrong, once, in
// the middle of the run:
//   node faulty.cjs FAULT [--tls CERTIFICATE KEY] [--deflate] [--context]
// FAULT: none lose double reorder alter misdeliver disorder
//        stall    nothing happens for 400 ms
//        drop     closes a connection
//        masked   a frame with a masking key
//        reserved RSV1 that was not agreed on
//        garbage  compressed bytes that are none
//        accept   the wrong Sec-WebSocket-Accept, from the start
//        refuse   503 for every third connection, from the start
//        keep     keeps everything that `part` should leave
// Prints "listening on PORT" to stderr once it listens.
const {readFileSync} = require('fs');
const http = require('http');
const https = require('https');
const {WebSocketServer} = require('ws');

const fault = process.argv[2];
const deflate = process.argv.includes('--deflate');
const tls = process.argv.indexOf('--tls');
const rooms = new Map();
let said = 0;

function deliver(members, payload) {
  // The same number for every fault: after the first of each publisher.
  const here = ++said === 40;
  members.forEach((member, place) => {
    if (!here || place !== 1 || fault === 'none')
      return member.send(payload);
    switch (fault) {
    case 'lose':
      return;
    case 'double':
      member.send(payload);
      return member.send(payload);
    case 'reorder':
    case 'disorder':
      member.held = payload;
      return;
    case 'alter':
      return member.send(payload.slice(0, -1) + '!');
    case 'stall':
      for (const end = Date.now() + 400; Date.now() < end;) {}
      return member.send(payload);
    case 'drop':
      return member.close(1011);
    case 'masked':
      return member._socket.write(Buffer.from([0x81, 0x81, 1, 2, 3, 4, 0x60]));
    case 'reserved':
      return member._socket.write(Buffer.from([0xc1, 1, 0x61]));
    case 'garbage':
      return member._socket.write(Buffer.from([0xc1, 3, 0xff, 0xff, 0xff]));
    case 'misdeliver': {
      const other = [...rooms.values()].find((room) => room !== members);
      other[0].send(payload);
      return member.send(payload);
    }
    }
  });
}

const listener = tls < 0 ? http.createServer() : https.createServer({
  cert: readFileSync(process.argv[tls + 1]),
  key: readFileSync(process.argv[tls + 2]),
});
let asked = 0;
const server = new WebSocketServer({
  server: listener,
  perMessageDeflate: deflate && {
    threshold: 0,
    serverNoContextTakeover: !process.argv.includes('--context'),
  },
  verifyClient: (info, answer) =>
      answer(fault !== 'refuse' || ++asked % 3 !== 0, 503),
});
if (fault === 'accept')
  server.on('headers', (lines) => {
    const at = lines.findIndex((line) => line.startsWith('Sec-WebSocket-Acc'));
    lines[at] = 'Sec-WebSocket-Accept: dGhlIHNhbXBsZSBub25jZQ==';
  });
listener.listen(0, '127.0.0.1',
                () => console.error(`listening on ${listener.address().port}`));

function roomOf(name) {
  if (!rooms.has(name))
    rooms.set(name, []);
  return rooms.get(name);
}

function leave(members, client) {
  const at = members ? members.indexOf(client) : -1;
  if (at >= 0)
    members.splice(at, 1);
}

server.on('connection', (client) => {
  let members = null;
  client.on('close', () => {
    for (const room of rooms.values())
      leave(room, client);
  });
  client.on('error', () => {});
  const plainSend = client.send.bind(client);
  // A message held back goes out after the next one that the fault asks for:
  // of the same publisher to break its order, of another to break the room's.
  client.send = (payload) => {
    const held = client.held;
    if (!held || payload[0] === '#')
      return plainSend(payload);
    const samePublisher = held.slice(0, 2) === payload.slice(0, 2);
    if (fault === 'disorder' && samePublisher) {
      plainSend(held);
      client.held = payload;
      return;
    }
    plainSend(payload);
    if (samePublisher === (fault === 'reorder')) {
      client.held = null;
      plainSend(held);
    }
  };
  client.on('message', (data) => {
    const text = data.toString();
    if (text.startsWith('join ')) {
      leave(members, client);
      members = roomOf(text.slice(5));
      if (!members.includes(client))
        members.push(client);
    } else if (text.startsWith('also ')) {
      roomOf(text.slice(5)).push(client);
    } else if (text.startsWith('part ')) {
      if (fault !== 'keep')
        leave(roomOf(text.slice(5)), client);
    } else if (text.startsWith('say ')) {
      deliver(members, text.slice(4));
    } else if (text.startsWith('echo ')) {
      client.send(text.slice(5));
    }
  });
});
