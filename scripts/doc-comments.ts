import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** What an index passes on: `export { a, type B } from './x.ts'`, `export * from`, `export * as name from`. */
const passedOn = /^export\s+(?:type\s+)?(?:\{([^}]*)\}|\*(?:\s+as\s+\w+)?)\s+from\s+'(\.[^']+)'/gm

const declared =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:const|function\*?|class|interface|type|enum) ([A-Za-z_$][\w$]*)/

/** Every export of the packages' indexes that has no doc comment, as a line that says where. */
export function undocumentedExports(root: string): string[] {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const index = join(root, 'packages', name, 'src', 'index.ts')
    return undocumented(index).map(
      ({ file, name }) => `${relative(root, file)}: ${name} is exported without a doc comment`,
    )
  })
}

interface Export {
  readonly file: string
  readonly name: string
}

/** What a module exports, by itself or from others of its package, without a comment; of all, or of some names. */
function undocumented(file: string, only?: ReadonlySet<string>): Export[] {
  const text = readFileSync(file, 'utf8')
  return [...own(file, text, only), ...fromOthers(file, text, only)]
}

function own(file: string, text: string, only?: ReadonlySet<string>): Export[] {
  const seen = new Map<string, boolean>()
  const lines = text.split('\n').filter((line) => !line.startsWith('// biome-ignore'))
  for (const [index, line] of lines.entries()) {
    const name = declared.exec(line)?.[1]
    // Overloads, and a type beside its value, are told by the first of them.
    if (name !== undefined && !seen.has(name)) seen.set(name, lines[index - 1]?.endsWith('*/') === true)
  }
  const missing = [...seen].filter(([name, isTold]) => !isTold && (only === undefined || only.has(name)))
  return missing.map(([name]) => ({ file, name }))
}

function fromOthers(file: string, text: string, only?: ReadonlySet<string>): Export[] {
  return [...text.matchAll(passedOn)].flatMap(([, list, module]) => {
    const target = resolve(dirname(file), module!)
    if (list === undefined) return undocumented(target, only)
    const names = namesIn(list).filter((name) => only === undefined || only.has(name))
    return undocumented(target, new Set(names))
  })
}

/** As the other module calls them. */
function namesIn(list: string): string[] {
  const names = list.replace(/\/\*[\s\S]*?\*\//g, '').split(',')
  return names
    .map(
      (each) =>
        each
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+as\s+/)[0]!,
    )
    .filter(Boolean)
}
