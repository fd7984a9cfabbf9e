/** Few runs need some clients: such a one is made with the first call. */
export function whenNeeded<Client>(make: () => Client): () => Client {
  let client: Client | undefined
  return () => {
    client ??= make()
    return client
  }
}
