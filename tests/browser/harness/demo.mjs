// The demonstration under test: the real binary on a free port, with its files in a folder that is thrown away.
//
// REDRESS_BIN names the binary. REDRESS_URL names a server that runs already; then none is started, and REDRESS_SIGN_INS holds
// what its `demo` command printed.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const PATIENCE_MS = 60_000

// Starts a demonstration and waits until it answers. `stop` ends it and removes its files.
export async function startDemo() {
  if (process.env.REDRESS_URL) {
    const said = readFileSync(process.env.REDRESS_SIGN_INS, 'utf8')
    return { url: process.env.REDRESS_URL, said: () => said, stop: async () => {} }
  }
  const binary = process.env.REDRESS_BIN
  if (!binary) throw new Error('REDRESS_BIN must name the redress binary (cargo xtask test sets it)')
  const folder = mkdtempSync(join(tmpdir(), 'redress-browser-'))
  const url = `http://127.0.0.1:${await freePort()}`
  const child = spawn(binary, ['demo', '--port', new URL(url).port, '--dir', join(folder, 'demo')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const hear = (bytes) => (said += bytes)
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    const deadline = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(deadline)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await untilHealthy(url, child, () => said)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, said: () => said, stop }
}

async function untilHealthy(url, child, said) {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the demonstration ended with ${child.exitCode}:\n${said()}`)
    const answer = await fetch(`${url}/health`).catch(() => null)
    if (answer?.status === 200) return
    await pause(20)
  }
  throw new Error(`the demonstration did not answer within ${PATIENCE_MS / 1000} s:\n${said()}`)
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
