import { BlockList, isIP } from "node:net";

/** A network in the notation of RFC 4632, or one address. */
const NETWORK = /^([^/]+)(?:\/(\d{1,3}))?$/;

/** Reads networks from a text with commas between them: none where it is empty; null when one of them is no network. */
export function readNetworks(text: string): BlockList | null {
  const networks = new BlockList();
  if (text.trim() === "") return networks;
  for (const part of text.split(",").map((one) => one.trim())) {
    const [, address = "", bits] = NETWORK.exec(part) ?? [];
    const version = isIP(address);
    const most = version === 6 ? 128 : 32;
    const prefix = bits === undefined ? most : Number(bits);
    if (version === 0 || prefix > most) return null;
    networks.addSubnet(address, prefix, version === 6 ? "ipv6" : "ipv4");
  }
  return networks;
}
