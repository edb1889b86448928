import { bootSector } from './boot-sector.ts'
import { directoryEntries, type FatEntry, labelEntry, nameProblem } from './fat-names.ts'
import { CLUSTER, Clusters, FLOPPY_CAPACITY, FLOPPY_SIZE, ROOT_ENTRIES, ROOT_START } from './fat-space.ts'

/** What is to be written does not fit onto a floppy, or has a name that floppies cannot have. */
export class FloppyError extends Error {
  override readonly name = 'FloppyError'
}

/** What distinguishes an image besides its files. */
export interface FloppyFacts {
  /** Eleven characters at most. */
  readonly label: string
  readonly time: Date
  /** 32 bits. */
  readonly serial: number
}

const ENTRY = 32

/**
 * The image of a 1.44 MB floppy with FAT12 and long names. Files go by their paths with slashes; of two that differ by case
 * only the later one stays.
 * @throws FloppyError
 */
export function floppyImage(files: ReadonlyMap<string, Uint8Array>, facts: FloppyFacts): Buffer {
  const image = Buffer.alloc(FLOPPY_SIZE)
  const root = treeOf(files)
  const size = clustersOf(root) * CLUSTER
  if (size > FLOPPY_CAPACITY) {
    throw new FloppyError(
      `The files need ${size} bytes, but a floppy holds ${FLOPPY_CAPACITY}: leave some out`,
    )
  }
  const clusters = new Clusters(image)
  const entries = writeChildren(root, { clusters, time: facts.time, parent: 0, self: 0 })
  const table = Buffer.concat([labelEntry(facts.label, facts.time), directoryEntries(entries, facts.time)])
  if (table.length > ROOT_ENTRIES * ENTRY) {
    throw new FloppyError(
      'Too many files, or too long names, for the root of a floppy: put some into a folder',
    )
  }
  bootSector(facts).copy(image)
  table.copy(image, ROOT_START)
  clusters.finish()
  return image
}

interface Folder {
  readonly name: string
  readonly children: Map<string, Folder | File>
}

interface File {
  readonly name: string
  readonly content: Uint8Array
}

function isFolder(node: Folder | File): node is Folder {
  return 'children' in node
}

function treeOf(files: ReadonlyMap<string, Uint8Array>): Folder {
  const root: Folder = { name: '', children: new Map() }
  for (const [path, content] of files) {
    const names = path.split(/[/\\]/).filter((name) => name !== '' && name !== '.')
    const problem = names.map(nameProblem).find((each) => each !== undefined)
    if (problem !== undefined || names.length === 0) {
      throw new FloppyError(`A floppy cannot have a file "${path}": ${problem ?? 'it has no name'}`)
    }
    place(root, names, { name: names.at(-1)!, content })
  }
  return root
}

function place(root: Folder, names: readonly string[], file: File): void {
  let folder = root
  for (const name of names.slice(0, -1)) {
    const there = folder.children.get(key(name)) ?? { name, children: new Map() }
    if (!isFolder(there))
      throw new FloppyError(`"${names.join('/')}" cannot be in "${name}", which is a file`)
    folder.children.set(key(name), there)
    folder = there
  }
  const there = folder.children.get(key(file.name))
  if (there && isFolder(there))
    throw new FloppyError(`"${names.join('/')}" is a folder too: rename one of them`)
  folder.children.set(key(file.name), file)
}

function key(name: string): string {
  return name.toUpperCase()
}

/** Of all below a folder, without its own. */
function clustersOf(folder: Folder): number {
  return [...folder.children.values()].reduce((sum, node) => {
    if (!isFolder(node)) return sum + Math.ceil(node.content.length / CLUSTER)
    return sum + folderClusters(node) + clustersOf(node)
  }, 0)
}

/** With the entries for itself and its parent. */
function folderClusters({ children }: Folder): number {
  const plain = [...children.values()].map((node) => ({
    name: node.name,
    cluster: 0,
    size: 0,
    isFolder: false,
  }))
  return Math.ceil((directoryEntries(plain, new Date(0)).length + 2 * ENTRY) / CLUSTER)
}

interface Place {
  readonly clusters: Clusters
  readonly time: Date
  /** First clusters of the folder above and of this one; 0 is the root. */
  readonly parent: number
  readonly self: number
}

function writeChildren(folder: Folder, place: Place): readonly FatEntry[] {
  return [...folder.children.values()].map((node) => {
    if (isFolder(node)) return writeFolder(node, place)
    const cluster = place.clusters.write(node.content)
    return { name: node.name, cluster, size: node.content.length, isFolder: false }
  })
}

/** A folder has its place before its children have, since they name it. */
function writeFolder(folder: Folder, { clusters, time, self: parent }: Place): FatEntry {
  const cluster = clusters.write(Buffer.alloc(folderClusters(folder) * CLUSTER))
  const children = writeChildren(folder, { clusters, time, parent, self: cluster })
  const around = [
    { name: '.', cluster, size: 0, isFolder: true },
    { name: '..', cluster: parent, size: 0, isFolder: true },
  ]
  clusters.rewrite(cluster, directoryEntries([...around, ...children], time))
  return { name: folder.name, cluster, size: 0, isFolder: true }
}
