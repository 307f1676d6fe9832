// Programs that tests start: on ports that nobody has, waited for, and ended with the test.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

const PATIENCE_MS = 180_000

// Starts a program that serves at this address, and waits until it answers. What ends it goes onto `stops`.
export async function startServer(command, args, url, stops) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = hear(child)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  stops.push(async () => {
    child.kill('SIGTERM')
    const deadline = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(deadline)
  })
  await until(
    () => fetch(`${url}/health`).then((answer) => answer.status === 200, () => false),
    () => child.exitCode,
    () => `${command} does not answer at ${url}:\n${said()}`,
  )
  return { url, said }
}

// A server of `cargo xtask services` that says where it is, a line of NAME=VALUE each; it ends when its input closes. REDRESS_XTASK names the tool.
export async function startService(words, names, stops) {
  const child = spawn(process.env.REDRESS_XTASK, ['services', ...words], { stdio: ['pipe', 'pipe', 'pipe'] })
  const said = hear(child)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.stdin.end()
    await ended
  }
  stops.push(stop)
  const told = () => Object.fromEntries([...said().matchAll(/^([A-Z0-9_]+)=(.+)\n/gm)].map(([, name, value]) => [name, value]))
  await until(
    () => names.every((name) => told()[name]),
    () => child.exitCode,
    () => `xtask services ${words.join(' ')} does not come up:\n${said()}`,
  )
  return { told: told(), stop }
}

// Everything that a program has said so far.
function hear(child) {
  let said = ''
  const more = (bytes) => (said += bytes)
  child.stdout.on('data', more)
  child.stderr.on('data', more)
  return () => said
}

async function until(answers, ended, words) {
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline) {
    if (ended() !== null) throw new Error(`it ended with ${ended()}. ${words()}`)
    if (await answers()) return
    await pause(20)
  }
  throw new Error(words())
}

export async function freePort() {
  const { server, url } = await listen(createServer())
  await new Promise((resolve) => server.close(resolve))
  return new URL(url).port
}

// A server that listens on a port of the loopback that nobody has.
export function listen(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve({ server, url: `http://127.0.0.1:${server.address().port}` }))
  })
}
