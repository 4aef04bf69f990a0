// The three commands of examples/loadtarget.mlir on npm `ws`:
//   node ws.mjs PORT
// Prints "listening on PORT" to stderr once it listens (0: any free port).
import {WebSocketServer} from 'ws';

const rooms = new Map();

const server = new WebSocketServer(
    {port: Number(process.argv[2]), perMessageDeflate: false, backlog: 4096});
server.on('listening',
          () => console.error(`listening on ${server.address().port}`));

server.on('connection', (client) => {
  let room = null;
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
      const name = text.slice(5);
      room = rooms.get(name);
      if (!room)
        rooms.set(name, room = new Set());
      room.add(client);
    }
  });
  client.on('close', () => room?.delete(client));
  client.on('error', () => {});
});
