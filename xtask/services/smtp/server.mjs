// A real SMTP server on the loopback: every letter it accepts becomes two files, NNNN.json (the envelope) and NNNN.eml (the
// letter as it came over the wire). The envelope is there first; a letter appears whole or not at all.
//
// node server.mjs --dir FOLDER --port-file FILE [--port N] [--stay]
//
// Recipients whose address begins with "refused" are turned away for good (550), with "busy" for now (451), so that tests can
// see both. The server ends when its standard input closes, unless it was told to stay.
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SMTPServer } from 'smtp-server'

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    'port-file': { type: 'string' },
    port: { type: 'string', default: '0' },
    stay: { type: 'boolean', default: false },
  },
})
if (!values.dir || !values['port-file']) {
  console.error('usage: node server.mjs --dir FOLDER --port-file FILE [--port N] [--stay]')
  process.exit(2)
}

mkdirSync(values.dir, { recursive: true })
let letters = readdirSync(values.dir).filter((name) => name.endsWith('.eml')).length

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  authOptional: true,
  hidePIPELINING: false,
  onRcptTo: ({ address }, _session, done) => done(answerTo(address)),
  onData: (stream, session, done) => collect(stream).then((bytes) => keep(bytes, session.envelope)).then(() => done(), done),
})
server.on('error', (error) => {
  console.error(`smtp: ${error.message}`)
  if (!server.server.listening) process.exit(1)
})
server.listen(Number(values.port), '127.0.0.1', () => {
  const { port } = server.server.address()
  whole(values['port-file'], `${port}\n`)
  console.log(`smtp: listening on 127.0.0.1:${port}, letters go to ${values.dir}`)
})

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
if (!values.stay) process.stdin.on('end', stop).on('error', stop).resume()

function answerTo(address) {
  if (address.startsWith('refused')) return Object.assign(new Error('5.1.1 No such mailbox'), { responseCode: 550 })
  if (address.startsWith('busy')) return Object.assign(new Error('4.2.1 Mailbox busy, try again later'), { responseCode: 451 })
  return null
}

async function collect(stream) {
  const parts = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

function keep(bytes, { mailFrom, rcptTo }) {
  letters += 1
  const name = join(values.dir, String(letters).padStart(4, '0'))
  const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) }
  whole(`${name}.json`, `${JSON.stringify(envelope)}\n`)
  whole(`${name}.eml`, bytes)
}

// Readers that watch the folder never see half a file.
function whole(path, bytes) {
  writeFileSync(`${path}.part`, bytes)
  renameSync(`${path}.part`, path)
}

function stop() {
  server.close(() => process.exit(0))
  // A client that keeps its connection open must not keep the server alive.
  setTimeout(() => process.exit(0), 500).unref()
}
