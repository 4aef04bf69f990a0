// The command line of the peers: PORT [--tls CERTIFICATE KEY] [--deflate].
import {readFileSync} from 'node:fs';

export function readOptions() {
  const words = process.argv.slice(2);
  const at = words.indexOf('--tls');
  return {
    port: Number(words[0]),
    deflate: words.includes('--deflate'),
    tls: at < 0 ? undefined : {
      certificate: readFileSync(words[at + 1]),
      key: readFileSync(words[at + 2]),
    },
  };
}
