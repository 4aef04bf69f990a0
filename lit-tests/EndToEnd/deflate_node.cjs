// Echoes and broadcasts through examples/loadtarget.mlir, seen by Debian's
// node-ws, which compresses by node's zlib. usage: deflate_node.cjs on|off
const crypto = require('crypto');
const fs = require('fs');
const WebSocket = require('ws');

const on = process.argv[2] === 'on';
const ca = process.env.PLUMB_CA && fs.readFileSync(process.env.PLUMB_CA);
setTimeout(() => fail('the test took too long'), 100000).unref();

function fail(what) {
  console.error(`FAILED: ${what}`);
  process.exit(1);
}
function check(good, what) {
  if (!good)
    fail(what);
}

class Client {
  constructor(perMessageDeflate) {
    this.inbox = [];
    this.waiting = [];
    this.socket = new WebSocket(process.env.PLUMB_URL, {ca, perMessageDeflate});
    this.socket.on('message', (data) => {
      const next = this.waiting.shift();
      next ? next(data.toString()) : this.inbox.push(data.toString());
    });
    this.socket.on('error', (error) => fail(error.stack));
    this.socket.on('close', (code) => fail(`closed with ${code}`));
    this.opened = new Promise((done) => this.socket.on('open', done));
  }
  async next() {
    return this.inbox.shift() ??
        await new Promise((done) => this.waiting.push(done));
  }
  async ask(message) {
    this.socket.send(message);
    return this.next();
  }
  get bytesRead() { return this.socket._socket.bytesRead; }
}

function text(size) {
  let out = '';
  while (out.length < size)
    out += `{"id":${out.length % 977},"name":"café ${out.length % 13}"},`;
  return out.slice(0, size);
}

const offers = [
  true,
  {threshold: 0, serverNoContextTakeover: true, clientNoContextTakeover: true},
  {threshold: 0, serverMaxWindowBits: 9, clientMaxWindowBits: 9},
  {threshold: 0, serverMaxWindowBits: 12, clientMaxWindowBits: 15},
];

async function main() {
  const clients = offers.map((offer) => new Client(offer));
  clients.push(new Client(false));
  for (const client of clients) {
    await client.opened;
    const agreed = client.socket.extensions === 'permessage-deflate';
    check(agreed === (on && client !== clients[4]),
          `extensions: '${client.socket.extensions}'`);
    for (const size of [0, 1, 5, 126, 127, 128, 500, 5000, 65536, 300000]) {
      const sent = text(size);
      check(await client.ask(`echo ${sent}`) === sent, `an echo of ${size}`);
      const noise = crypto.randomBytes(size / 2).toString('latin1');
      check(await client.ask(`echo ${noise}`) === noise, `noise of ${size}`);
    }
  }
  // The whole window, or messages that a small one can follow: compressed.
  for (const [index, size, small] of [[0, 50000, on], [1, 50000, on],
                                      [2, 400, on], [2, 50000, false],
                                      [4, 50000, false]]) {
    const before = clients[index].bytesRead;
    await clients[index].ask(`echo ${text(size)}`);
    const read = clients[index].bytesRead - before;
    check(small ? read < size / 2 : read > size,
          `client ${index}: ${read} bytes for ${size}`);
  }
  // One room, all kinds of members, one order.
  for (const client of clients)
    client.socket.send('join hall');
  for (const client of clients)
    check(await client.ask('echo in') === 'in', 'joined');
  for (let at = 0; at < 40; ++at)
    clients[at % clients.length].socket.send(`say ${at} ${text(at * 37)}`);
  const order = [];
  for (let at = 0; at < 40; ++at)
    order.push(await clients[0].next());
  check(new Set(order).size === 40, 'every message once');
  for (const client of clients.slice(1))
    for (let at = 0; at < 40; ++at)
      check(await client.next() === order[at], `message ${at} in order`);
  console.log('ok: deflate with node-ws');
  process.exit(0);
}

main().catch((error) => fail(error.stack));
