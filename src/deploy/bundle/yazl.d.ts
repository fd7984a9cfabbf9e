declare module 'yazl' {
  export class ZipFile {
    readonly outputStream: NodeJS.ReadableStream
    addBuffer(
      content: Buffer,
      path: string,
      options: { readonly mtime: Date; readonly mode: number; readonly forceDosTimestamp: boolean },
    ): void
    end(): void
  }
}
