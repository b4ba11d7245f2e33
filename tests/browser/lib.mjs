// What every browser test shares: the product on a scratch demonstration, a browser, people signing in,
// checks of a page (axe, console, reflow), and the count of what passed.
import { spawn, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, readFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

export const today = '2026-11-24'
const require = createRequire(import.meta.url)
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const binary = resolve(process.env.DUEREGARD || 'build/dueregard')

let passed = 0
let failed = 0

export function check (ok, what) {
  if (ok) {
    passed++
  } else {
    failed++
    console.log(`FAIL: ${what}`)
  }
  return ok
}

export async function test (name, run) {
  const before = failed
  const started = Date.now()
  try {
    await run()
  } catch (error) {
    failed++
    console.log(`FAIL: ${name}: ${String(error.stack || error).split('\n').slice(0, 6).join('\n      ')}`)
  }
  console.log(`${failed === before ? 'ok  ' : 'BAD '} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}

export function finish () {
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}

export function command (args, options = {}) {
  return execFileSync(binary, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options })
}

// The demonstration on a scratch directory, served on a free port. { address, data, accounts, stop }
export async function startDemo () {
  const data = mkdtempSync(join(tmpdir(), 'dueregard-browser-'))
  const accounts = JSON.parse(command(['demo', '--data', join(data, 'demo'), '--today', today, '--format', 'json']))
  const served = await serve(join(data, 'demo'))
  return {
    ...served,
    accounts: Object.fromEntries(accounts.accounts.map(a => [a.role, a])),
    async stop () {
      await served.stop()
      rmSync(data, { recursive: true, force: true })
    }
  }
}

export function serve (data) {
  const child = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--today', today], {
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let errors = ''
  child.stderr.on('data', chunk => { errors += chunk })
  return new Promise((resolve, reject) => {
    let out = ''
    const timer = setTimeout(() => reject(new Error(`did not start: ${out} ${errors}`)), 20000)
    child.on('exit', code => reject(new Error(`ended with ${code}: ${errors}`)))
    child.stdout.on('data', chunk => {
      out += chunk
      const found = out.match(/http:\/\/127\.0\.0\.1:\d+/)
      if (found) {
        clearTimeout(timer)
        resolve({
          address: found[0],
          data,
          errors: () => errors,
          stop: () => new Promise(resolve => {
            child.removeAllListeners('exit')
            child.on('exit', resolve)
            child.kill('SIGTERM')
          })
        })
      }
    })
  })
}

export function launch () {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync']
  })
}

// A browser context of one person: signed in when a role is given. scripts: false switches scripts off.
export async function person (browser, demo, role, { scripts = true, width = 1280, height = 900 } = {}) {
  const context = await browser.newContext({
    baseURL: demo.address,
    viewport: { width, height },
    javaScriptEnabled: scripts,
    bypassCSP: scripts
  })
  const page = await context.newPage()
  page.complaints = []
  page.on('console', message => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
      page.complaints.push(message.text())
    }
  })
  page.on('pageerror', error => page.complaints.push(String(error)))
  if (role) {
    await signIn(page, demo.accounts[role])
  }
  return page
}

export async function signIn (page, account) {
  await page.goto('/sign-in')
  await page.fill('[name=email]', account.email)
  await page.fill('[name=password]', account.password)
  await page.click('main button.govuk-button:not(.govuk-password-input__toggle)')
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
}

const pages = new Map() // HTML of every page seen, for the Nu HTML checker
export const pagesSeen = () => pages

// Everything that every page must keep to. `name` says page and state.
export async function checkPage (page, name, { axe = true } = {}) {
  const html = await page.content()
  pages.set(name, html)
  if (axe) {
    await page.evaluate(axeSource)
    const result = await page.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    }))
    for (const violation of result.violations) {
      console.log(`      ${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')}`)
    }
    check(result.violations.length === 0, `${name}: axe finds ${result.violations.length} faults`)
  }
  check(page.complaints.length === 0, `${name}: the console says ${page.complaints.join('; ')}`)
  page.complaints.length = 0
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  check(wide <= 0, `${name}: scrolls sideways by ${wide} px at ${page.viewportSize().width} px`)
}

// The raw HTML as served goes to the Nu checker, so what scripts add is not judged.
export async function htmlFaults (files) {
  const dir = mkdtempSync(join(tmpdir(), 'dueregard-nu-'))
  const paths = []
  let i = 0
  for (const [name, html] of files) {
    const path = join(dir, `${String(i++).padStart(4, '0')}-${name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80)}.html`)
    writeFileSync(path, html)
    paths.push(path)
  }
  const jar = require.resolve('vnu-jar/build/dist/vnu.jar')
  try {
    execFileSync('java', ['-Xss2m', '-jar', jar, '--errors-only', '--format', 'text', ...paths],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 })
    return []
  } catch (error) {
    return String(error.stderr || error).split('\n').filter(Boolean).map(line => line.replace(dir, ''))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

export function screenshotPath (name) {
  const dir = process.env.SCREENSHOTS || 'build/screenshots'
  if (!existsSync(dir)) {
    mkdirSync(dir, { recursive: true })
  }
  return join(dir, `${name}.png`)
}
