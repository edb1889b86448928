import { basename } from 'node:path'
import type { Plugin } from 'esbuild'

const NAMESPACE = 'native-add-on'

/**
 * Native add-ons cannot be part of one file that runs everywhere. Requiring one throws, as where it was never
 * compiled: packages for which it only saves time, such as `ssh2`, then do without.
 */
export const nativeAddons: Plugin = {
  name: NAMESPACE,
  setup(build) {
    build.onResolve({ filter: /\.node$/ }, ({ path }) => ({ path: basename(path), namespace: NAMESPACE }))
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`The native add-on ${path} is not part of the bundle`)})`,
      loader: 'js',
    }))
  },
}
