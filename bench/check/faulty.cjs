// A server with the load target's commands that does one thing wrong, once, in
// the middle of the run:  node faulty.cjs FAULT
// FAULT: none lose double reorder alter misdeliver disorder
// Prints "listening on PORT" to stderr once it listens.
const {WebSocketServer} = require('ws');

const fault = process.argv[2];
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
    case 'misdeliver': {
      const other = [...rooms.values()].find((room) => room !== members);
      other[0].send(payload);
      return member.send(payload);
    }
    }
  });
}

const server =
    new WebSocketServer({port: 0, host: '127.0.0.1', perMessageDeflate: false});
server.on('listening',
          () => console.error(`listening on ${server.address().port}`));
server.on('connection', (client) => {
  let members = null;
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
      const name = text.slice(5);
      if (!rooms.has(name))
        rooms.set(name, []);
      members = rooms.get(name);
      members.push(client);
    } else if (text.startsWith('say ')) {
      deliver(members, text.slice(4));
    } else if (text.startsWith('echo ')) {
      client.send(text.slice(5));
    }
  });
});
