import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildFailure, Message } from 'esbuild'
import { BundleError, noPlugin } from './bundle-error.ts'
import { OLDEST_NODE } from './header.ts'

/** What the module that joins plugin and SDK is called in messages. */
const MAIN = 'main.js'

interface Compilation {
  readonly entry: string
  readonly version: string | undefined
  readonly minify: boolean
}

/** The plugin and all that it imports as one CommonJS module, which exports `plugin` and `start`. */
export async function compile({ entry, version, minify }: Compilation): Promise<string> {
  // Only here, so that a plugin that imports this package does not carry the compiler along.
  const { build } = await import('esbuild')
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: main(entry, version),
        resolveDir: dirname(entry),
        sourcefile: MAIN,
        loader: 'js',
      },
      write: false,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: `node${OLDEST_NODE}`,
      minifyWhitespace: minify,
      minifySyntax: minify,
      legalComments: 'eof',
      logLevel: 'silent',
      // CommonJS has no import.meta.
      define: {
        'import.meta.url': 'bundleUrl',
        'import.meta.filename': '__filename',
        'import.meta.dirname': '__dirname',
      },
      banner: { js: 'const bundleUrl=require("url").pathToFileURL(__filename).href;' },
    })
    return outputFiles[0]!.text
  } catch (error) {
    throw failure(entry, error as BuildFailure)
  }
}

function main(entry: string, version: string | undefined): string {
  const served = version === undefined ? 'plugin' : `{ ...plugin, version: ${JSON.stringify(version)} }`
  return [
    `import { plugin } from ${JSON.stringify(entry)}`,
    `import { serve } from ${JSON.stringify(fileURLToPath(new URL('../plugin/serve.ts', import.meta.url)))}`,
    `export { plugin }`,
    `export const start = () => serve(${served})`,
    `if (require.main === module) start()`,
  ].join('\n')
}

function failure(entry: string, error: BuildFailure): BundleError {
  const messages = error.errors ?? []
  if (messages.some(isMissingPlugin)) return noPlugin(entry)
  const lines = messages.length > 0 ? messages.map(written) : [error.message]
  return new BundleError('build-failed', [`${entry} does not build:`, ...lines].join('\n'), error)
}

function isMissingPlugin({ location, text }: Message): boolean {
  return basename(location?.file ?? '') === MAIN && text.startsWith('No matching export')
}

function written({ location, text }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text
}
