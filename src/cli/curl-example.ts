/**
 * A call of process to paste into a shell, as lines.
 * @param key an API key, or a shell expression that yields one
 */
export const curlExample = (url: string, key: string, data: string): string[] => [
  `curl ${url}/api/v1/process \\`,
  `  -H "Authorization: Bearer ${key}" \\`,
  `  -H 'Content-Type: application/json' \\`,
  `  -d '${JSON.stringify({ data })}'`,
];
