// The commands of examples/loadtarget.mlir on npm `ws`:
//   node ws.mjs PORT [--tls CERTIFICATE KEY] [--deflate]
// Prints "listening on PORT" to stderr once it listens (0: any free port).
import {createServer} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import {WebSocketServer} from 'ws';

import {readOptions} from './options.mjs';

const {port, deflate, tls} = readOptions();
const http = tls ? createTlsServer({cert: tls.certificate, key: tls.key})
                 : createServer();
const server = new WebSocketServer({
  server: http,
  perMessageDeflate: deflate && {
    serverNoContextTakeover: true,
    clientNoContextTakeover: true,
    threshold: 0,
  },
});
const rooms = new Map();
http.listen(
    {port, backlog: 4096},
    () => console.error(`listening on ${http.address().port}`));

function roomOf(name) {
  let room = rooms.get(name);
  if (!room)
    rooms.set(name, room = new Set());
  return room;
}

server.on('connection', (client) => {
  let room = null;
  const more = new Set();
  client.on('message', (data) => {
    const text = data.toString();
    if (text.startsWith('say ')) {
      if (!room)
        return;
      const payload = text.slice(4);
      for (const member of room)
        member.send(payload);
    } else if (text.startsWith('echo ')) {
      client.send(text.slice(5));
    } else if (text.startsWith('join ')) {
      room?.delete(client);
      room = roomOf(text.slice(5));
      room.add(client);
    } else if (text.startsWith('also ')) {
      const other = roomOf(text.slice(5));
      other.add(client);
      more.add(other);
    } else if (text.startsWith('part ')) {
      const other = roomOf(text.slice(5));
      other.delete(client);
      more.delete(other);
    }
  });
  client.on('close', () => {
    room?.delete(client);
    for (const other of more)
      other.delete(client);
  });
  client.on('error', () => {});
});
