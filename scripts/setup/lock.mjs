/**
 * Completes a package lock. npm drops an optional package it cannot see while it resolves (another platform's binary,
 * where a registry serves only some of them), and then `npm ci` refuses that very lock everywhere. Rule: only exact
 * versions that a locked package names itself are added; nothing that is there is changed.
 */

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** What a binary's package name says about where it runs, e.g. `binding-linux-x64-musl`; null when it says nothing. */
export const platformOf = name => {
  const words = name.split(/[/-]/)
  const os = SYSTEMS.find(system => words.includes(system))
  const cpu = PROCESSORS.find(processor => words.includes(processor))
  if (os === undefined || cpu === undefined) return null
  const libc = words.some(word => word.startsWith('musl')) ? 'musl' : 'glibc'
  return { os: [os], cpu: [cpu], ...(os === 'linux' ? { libc: [libc] } : {}) }
}

/** Whether a package at `from` finds `name` in its own node_modules or in one above it. */
const resolves = (packages, from, name) => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return true
    if (!at.includes('/node_modules/')) return packages[`node_modules/${name}`] !== undefined
  }
}

/** Entries missing from a lock's `packages`, by their place in it. */
export const missingEntries = packages => {
  const entries = {}
  for (const [at, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const platform = platformOf(name)
      if (platform === null || !/^\d+\.\d+\.\d+/.test(version) || resolves(packages, at, name)) continue
      const { os, cpu, libc } = platform
      const dev = entry.dev === true ? { dev: true } : {}
      entries[`node_modules/${name}`] = {
        version,
        cpu,
        ...dev,
        ...(libc ? { libc } : {}),
        optional: true,
        os,
      }
    }
  }
  return entries
}

/** The lock with what was missing, in npm's order. */
export const completeLock = lock => {
  const entries = Object.entries({ ...lock.packages, ...missingEntries(lock.packages) })
  return { ...lock, packages: Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, 'en'))) }
}
