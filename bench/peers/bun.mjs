// The commands of examples/loadtarget.mlir on Bun's publish/subscribe:
//   bun bun.mjs PORT [--tls CERTIFICATE KEY] [--deflate]
// Prints "listening on PORT" to stderr once it listens (0: any free port).
import {readOptions} from './options.mjs';

const {port, deflate, tls} = readOptions();
const megabyte = 1 << 20;

const server = Bun.serve({
  hostname: '0.0.0.0',
  port,
  tls: tls && {cert: tls.certificate, key: tls.key},
  fetch(request, server) {
    if (server.upgrade(request, {data: {room: null}}))
      return undefined;
    return new Response('WebSocket only\n', {status: 426});
  },
  websocket: {
    // Its own compressor, or the shared one: without context, as Plumb's.
    perMessageDeflate: deflate && {compress: 'shared', decompress: 'shared'},
    idleTimeout: 0,
    // Bun drops messages above this: leave room for every load of the table.
    backpressureLimit: 64 * megabyte,
    message(client, text) {
      if (text.startsWith('say ')) {
        // `server.publish` reaches the sender too; `client.publish` does not.
        if (client.data.room)
          server.publish(client.data.room, text.slice(4), deflate);
      } else if (text.startsWith('echo ')) {
        client.sendText(text.slice(5), deflate);
      } else if (text.startsWith('join ')) {
        if (client.data.room)
          client.unsubscribe(client.data.room);
        client.data.room = text.slice(5);
        client.subscribe(client.data.room);
      } else if (text.startsWith('also ')) {
        client.subscribe(text.slice(5));
      } else if (text.startsWith('part ')) {
        client.unsubscribe(text.slice(5));
      }
    },
  },
});
console.error(`listening on ${server.port}`);
