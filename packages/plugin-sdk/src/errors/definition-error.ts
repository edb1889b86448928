/** A plugin, component or configuration that is declared as Packer would not take it: a mistake of the author's. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError'
}
