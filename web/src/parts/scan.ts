/** What the square of one of our labels says; anything else is null. */
export function readLabel(text: string): { code: string; lot: string; expires: string } | null {
  const parts = text.trim().split("|");
  const [code = "", lot = "", expires = ""] = parts;
  if (parts.length !== 3 || code === "") return null;
  try {
    return {
      code: decodeURIComponent(code),
      lot: decodeURIComponent(lot),
      expires: /^\d{4}-\d{2}-\d{2}$/.test(expires) ? expires : "",
    };
  } catch {
    return null;
  }
}

/** The number of a pallet, as people write it or as a scanner reads it: with the (00) before it, or without. */
export function readSscc(text: string): string | null {
  const digits = text
    .trim()
    .replace(/^\]C1/, "")
    .replace(/[\s()]/g, "");
  if (/^\d{18}$/.test(digits)) return digits;
  return /^00\d{18}$/.test(digits) ? digits.slice(2) : null;
}

/** Heard by somebody who looks at the goods and not at the screen: high when it was understood, low when not. */
export function beep(good: boolean) {
  if (!("AudioContext" in window)) return;
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = good ? 1320 : 220;
  volume.gain.value = 0.08;
  tone.connect(volume).connect(audio.destination);
  tone.onended = () => void audio.close();
  tone.start();
  tone.stop(audio.currentTime + (good ? 0.08 : 0.35));
}
