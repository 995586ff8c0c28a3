/** Pure knowledge: which system package brings a library that Electron wants. */

/** Debian and Ubuntu names; a `t64` variant (Ubuntu 24.04, Debian 13) is chosen where only that exists. */
const DEBIAN = {
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libgdk-3.so.0': 'libgtk-3-0',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libsmime3.so': 'libnss3',
  'libudev.so.1': 'libudev1',
  'libX11.so.6': 'libx11-6',
  'libX11-xcb.so.1': 'libx11-xcb1',
  'libxcb.so.1': 'libxcb1',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libXrandr.so.2': 'libxrandr2',
}

/** Names of the libraries that `ldd` did not find. */
export const missingLibraries = lddOutput => [
  ...new Set([...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map(match => match[1])),
]

/** Debian packages for libraries, and the libraries no package is known for. */
export const debianPackages = libraries => ({
  packages: [...new Set(libraries.flatMap(name => DEBIAN[name] ?? []))].sort(),
  unknown: libraries.filter(name => DEBIAN[name] === undefined),
})

/** Names with an installation candidate in the output of `apt-cache policy`. */
export const withCandidate = policyOutput => {
  const found = [...policyOutput.matchAll(/^(\S+):\n(?: .*\n)*? {2}Candidate: (.+)$/gm)]
  return new Set(found.filter(match => match[2] !== '(none)').map(match => match[1]))
}

/** The variant of each package that this system can install. */
export const installable = (packages, candidates) =>
  packages.map(name => (!candidates.has(name) && candidates.has(`${name}t64`) ? `${name}t64` : name))
