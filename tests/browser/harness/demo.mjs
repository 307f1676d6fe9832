// The demonstration under test: the real binary on a free port, with its files in a folder that is thrown away.
//
// REDRESS_BIN names the binary. REDRESS_URL names a server that runs already; then none is started, and REDRESS_SIGN_INS holds
// what its `demo` command printed. REDRESS_LOADED names a folder for the loaded year: the first file of tests makes it, and each has a copy of its own.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, listen, startServer } from './process.mjs'

// Starts a demonstration and waits until it answers. `stop` ends it and removes its files. With REDRESS_POSTGRES, the address of a server, it is
// two nodes over one database there, and every request goes to the other one than the request before it.
export async function startDemo() {
  if (process.env.REDRESS_URL) {
    const said = readFileSync(process.env.REDRESS_SIGN_INS, 'utf8')
    return { url: process.env.REDRESS_URL, said: () => said, stop: async () => {} }
  }
  const folder = mkdtempSync(join(tmpdir(), 'redress-browser-'))
  const stops = [async () => rmSync(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const end of stops.reverse()) await end()
  }
  try {
    const demo = process.env.REDRESS_POSTGRES
      ? await startNodes(folder, process.env.REDRESS_POSTGRES, stops)
      : await startLoaded(folder, stops)
    return { ...demo, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

// One node over a copy of the loaded year, where a folder for it is named: loading takes longer than most tests.
async function startLoaded(folder, stops) {
  const loaded = process.env.REDRESS_LOADED
  if (!loaded) return startNode(folder, [], stops)
  if (!existsSync(loaded)) await load(loaded)
  const copied = spawnSync('cp', ['-a', loaded, join(folder, 'demo')], { encoding: 'utf8' })
  if (copied.status !== 0) throw new Error(`cp: ${copied.error ?? copied.stderr}`)
  return startNode(folder, [], stops)
}

// The folder is there once it is whole, and nobody writes to it any more.
async function load(loaded) {
  const part = mkdtempSync(`${loaded}-`)
  const stops = []
  try {
    await startNode(part, [], stops)
  } finally {
    for (const end of stops) await end()
  }
  renameSync(join(part, 'demo'), loaded)
  rmSync(part, { recursive: true })
}

// One node: a process that serves, and perhaps loads the year first.
async function startNode(folder, more, stops) {
  const binary = process.env.REDRESS_BIN
  if (!binary) throw new Error('REDRESS_BIN must name the redress binary (cargo xtask test sets it)')
  const url = `http://127.0.0.1:${await freePort()}`
  return startServer(binary, ['demo', '--port', new URL(url).port, '--dir', join(folder, 'demo'), ...more], url, stops)
}

// Two nodes over a schema of their own, and what shares the requests between them.
async function startNodes(folder, server, stops) {
  const schema = `browser_${process.pid}_${Date.now()}`
  const sql = (text) => {
    const ran = spawnSync(process.env.REDRESS_PSQL ?? 'psql', [server, '--quiet', '--command', text], { encoding: 'utf8' })
    if (ran.status !== 0) throw new Error(`psql: ${ran.error ?? ran.stderr}`)
  }
  sql(`CREATE SCHEMA ${schema}`)
  stops.push(async () => sql(`SET client_min_messages = warning; DROP SCHEMA ${schema} CASCADE`))
  const database = `${server}${server.includes('?') ? '&' : '?'}options=-csearch_path%3D${schema}`
  const front = await listen(createServer())
  stops.push(async () => {
    front.server.closeAllConnections()
    await new Promise((resolve) => front.server.close(resolve))
  })
  const options = ['--database', database, '--public-url', front.url]
  const nodes = [await startNode(folder, options, stops), await startNode(folder, options, stops)]
  let turn = 0
  front.server.on('request', (asked, answered) => {
    const { hostname, port } = new URL(nodes[turn++ % nodes.length].url)
    const { method, url: path, headers } = asked
    const passed = request({ hostname, port, method, path, headers }, (answer) => {
      answered.writeHead(answer.statusCode, answer.rawHeaders)
      answer.pipe(answered)
    })
    passed.on('error', () => answered.destroy())
    asked.pipe(passed)
  })
  return { url: front.url, said: () => nodes.map((node) => node.said()).join('\n') }
}
