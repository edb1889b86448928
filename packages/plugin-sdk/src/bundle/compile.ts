import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildFailure, Message } from 'esbuild'
import { BundleError } from './bundle-error.ts'

interface Compilation {
  readonly entry: string
  readonly version: string | undefined
  readonly minify: boolean
}

/** The oldest Node that a bundle runs on. */
const TARGET = 'node20'

/** The plugin and all that it imports as one CommonJS module, which exports `plugin` and `start`. */
export async function compile({ entry, version, minify }: Compilation): Promise<string> {
  // Only here, so that a plugin that imports this package does not carry the compiler along.
  const { build } = await import('esbuild')
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: main(entry, version),
        resolveDir: dirname(entry),
        sourcefile: 'main.js',
        loader: 'js',
      },
      write: false,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: TARGET,
      minifyWhitespace: minify,
      minifySyntax: minify,
      legalComments: 'eof',
      logLevel: 'silent',
      // CommonJS has no import.meta.
      define: { 'import.meta.url': 'bundleUrl' },
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
  if (
    messages.some(
      ({ location, text }) => location?.file === 'main.js' && text.startsWith('No matching export'),
    )
  ) {
    return new BundleError(
      'no-plugin',
      `${entry} exports no "plugin": export what definePlugin answers, as in "export const plugin = definePlugin({ … })"`,
    )
  }
  const lines = messages.length > 0 ? messages.map(written) : [error.message]
  return new BundleError('build-failed', [`${entry} does not build:`, ...lines].join('\n'), error)
}

function written({ location, text }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text
}
