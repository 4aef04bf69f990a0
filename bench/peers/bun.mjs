// The three commands of examples/loadtarget.mlir on Bun's publish/subscribe:
//   bun bun.mjs PORT
// Prints "listening on PORT" to stderr once it listens (0: any free port).
const megabyte = 1 << 20;

const server = Bun.serve({
  hostname: '0.0.0.0',
  port: Number(process.argv[2]),
  fetch(request, server) {
    if (server.upgrade(request, {data: {room: null}}))
      return undefined;
    return new Response('WebSocket only\n', {status: 426});
  },
  websocket: {
    perMessageDeflate: false,
    idleTimeout: 0,
    // Bun drops messages above this: leave room for every load of the table.
    backpressureLimit: 64 * megabyte,
    message(client, text) {
      if (text.startsWith('say ')) {
        // `server.publish` reaches the sender too; `client.publish` does not.
        if (client.data.room)
          server.publish(client.data.room, text.slice(4));
      } else if (text.startsWith('echo ')) {
        client.sendText(text.slice(5));
      } else if (text.startsWith('join ')) {
        if (client.data.room)
          client.unsubscribe(client.data.room);
        client.data.room = text.slice(5);
        client.subscribe(client.data.room);
      }
    },
  },
});
console.error(`listening on ${server.port}`);
