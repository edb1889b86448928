import type { Route } from './route.ts'

/** What a path and method lead to. */
export type Found =
  | { readonly route: Route; readonly params: Readonly<Record<string, string>> }
  /** The path is there; these methods are served. */
  | { readonly allowed: readonly string[] }
  | undefined

interface Node {
  readonly literals: Map<string, Node>
  param?: Node
  readonly routes: Map<string, Named>
}

interface Named {
  readonly route: Route
  /** The parameters of its path, in order. */
  readonly names: readonly string[]
}

const empty = (): Node => ({ literals: new Map(), routes: new Map() })

/** Finds routes by the raw segments of a path, so that `%2F` stays within one; a literal segment goes before a parameter. */
export class Router {
  readonly #root = empty()

  constructor(routes: readonly Route[]) {
    for (const route of routes) this.#add(route)
  }

  #add(route: Route): void {
    let node = this.#root
    const names: string[] = []
    for (const segment of segments(route.operation.path)) {
      const isParam = segment.startsWith(':')
      node = isParam ? paramOf(node) : literalOf(node, segment)
      if (isParam) names.push(segment.slice(1))
    }
    node.routes.set(route.operation.method, { route, names })
  }

  /** The path is as it came, still encoded. A `HEAD` finds what a `GET` does. Throws `URIError` for a broken encoding. */
  find(method: string, path: string): Found {
    const wanted = method === 'HEAD' ? 'GET' : method
    const search: Search = { method: wanted, parts: segments(path), values: [], allowed: new Set() }
    const found = walk(this.#root, 0, search)
    if (found) return { route: found.route, params: valuesByName(found.names, search.values) }
    if (search.allowed.size > 0) return { allowed: [...search.allowed].sort() }
  }
}

interface Search {
  readonly method: string
  readonly parts: readonly string[]
  readonly values: string[]
  readonly allowed: Set<string>
}

function walk(node: Node, depth: number, search: Search): Named | undefined {
  const part = search.parts[depth]
  if (part === undefined) {
    for (const method of node.routes.keys()) search.allowed.add(method)
    return node.routes.get(search.method)
  }
  const literal = node.literals.get(part)
  const found = literal && walk(literal, depth + 1, search)
  if (found || !node.param || part === '') return found
  search.values.push(part)
  const below = walk(node.param, depth + 1, search)
  if (!below) search.values.pop()
  return below
}

function valuesByName(names: readonly string[], values: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {}
  for (const [index, name] of names.entries()) params[name] = decoded(values[index]!)
  return params
}

function decoded(segment: string): string {
  return segment.includes('%') ? decodeURIComponent(segment) : segment
}

function segments(path: string): string[] {
  return path.split('/')
}

function paramOf(node: Node): Node {
  node.param ??= empty()
  return node.param
}

function literalOf(node: Node, segment: string): Node {
  const next = node.literals.get(segment) ?? empty()
  node.literals.set(segment, next)
  return next
}
