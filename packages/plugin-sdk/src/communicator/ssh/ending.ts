/** Fails all that waits for something when that has ended, without holding on to what has been answered. */
export class Ending {
  readonly #waiting = new Set<(error: Error) => void>()
  #error: Error | undefined

  /** It has ended: what waits fails, and what will. */
  end(error: Error): void {
    this.#error ??= error
    for (const reject of this.#waiting) reject(this.#error)
    this.#waiting.clear()
  }

  /** Waits for an answer, or for the end. */
  orEnd<T>(ask: (resolve: (value: T) => void, reject: (error: Error) => void) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#error) return reject(this.#error)
      this.#waiting.add(reject)
      const forget = () => this.#waiting.delete(reject)
      ask(
        (value) => {
          forget()
          resolve(value)
        },
        (error) => {
          forget()
          reject(error)
        },
      )
    })
  }
}
