import { basename, dirname, relative, resolve } from 'node:path'
import type { BuildFailure, BuildOptions, Message } from 'esbuild'
import { BundleError, noPlugin } from './bundle-error.ts'
import { OLDEST_NODE } from './header.ts'
import { nativeAddons } from './native-addons.ts'

/** What the module that joins plugin and SDK is called in messages. */
const MAIN = 'main.js'

/** What is compiled, and how. */
export interface Compilation {
  readonly entry: string
  /** Text of the module that does something with the entry. */
  readonly main: string
  readonly minify: boolean
}

/** The plugin and all that it imports as one CommonJS module. */
export async function compile(compilation: Compilation): Promise<string> {
  // Only here, so that a plugin that imports this package does not carry the compiler along.
  const { build } = await import('esbuild')
  try {
    const { outputFiles } = await build(compilerOptions(compilation))
    return outputFiles[0]!.text
  } catch (error) {
    throw compileError(compilation.entry, error as BuildFailure)
  }
}

/** How a plugin is compiled, for one time or for every change of its sources. */
export function compilerOptions({ entry, main, minify }: Compilation) {
  return {
    stdin: {
      contents: main,
      resolveDir: dirname(entry),
      sourcefile: MAIN,
      loader: 'js',
    },
    // Paths get into names in the code: below the plugin's own folder they are the same wherever it is compiled.
    absWorkingDir: dirname(entry),
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: `node${OLDEST_NODE}`,
    // The one way of loading that works in a file of any name and in a single executable.
    supported: { 'dynamic-import': false },
    plugins: [nativeAddons],
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
  } as const satisfies BuildOptions
}

/** What the author reads of an entry that does not compile. */
export function compileError(entry: string, error: Partial<BuildFailure>): BundleError {
  const messages = error.errors ?? []
  if (messages.some(isMissingPlugin)) return noPlugin(entry)
  const lines = messages.length > 0 ? messages.map((each) => written(each, entry)) : [String(error.message)]
  return new BundleError('build-failed', [`${entry} does not build:`, ...lines].join('\n'), error)
}

function isMissingPlugin({ location, text }: Message): boolean {
  return basename(location?.file ?? '') === MAIN && text.startsWith('No matching export')
}

/** With the place as seen from where the author is. */
function written({ location, text }: Message, entry: string): string {
  if (!location) return text
  const file = relative(process.cwd(), resolve(dirname(entry), location.file))
  return `${file}:${location.line}:${location.column + 1}: ${text}`
}
