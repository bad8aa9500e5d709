/**
 * How WeChat's clients write their faces into a text: a name in brackets, in the language of the client ([微笑], [Smile]), or an
 * older code (`/::)`, `/:rose`). Chinese names of up to three signs need no list.
 *
 * Each word is a pattern; those of two English words stand with `_` for the blank between them.
 */
const NAMES = `让我看看 社会社会 失敬失敬 加油加油 破涕为笑 一言难尽 讓我看看 社會社會 破涕為笑 一言難盡 加油! 666 Emm+ Smile Grimace Drool Scowl CoolGuy Chill Sob Shy
  Silent Sleep Cry Awkward Angry Tongue Grin Surprised? Frown Ruthless Blush Scream Puke Chuckle Joyful Slight Smug Hungry Drowsy
  Panic Sweats? Laugh Loafer Commando Determined Strive Scold Shocked Doubt Shhh Dizzy Tormented Toasted Skull Hammer Wave Bye
  Speechless NosePick Dig Clap Shame Trick Bah!_?[LR] Yawn Pooh-?pooh Lookdown Shrunken Wronged TearingUp Puling Sly Kiss Wrath
  Whimper Cleaver Watermelon Beer Basketball PingPong Coffee Rice Pig Rose Wilt Lips Hearts? BrokenHeart Cake Lightning Bomb
  Dagger Soccer Ladybug Poop Moon Sun Gift Hug ThumbsUp ThumbsDown Shake Peace Victory Fight Salute Beckon Fist Pinky RockOn
  Love_?You Nuh-?uh No Ok InLove Blow_?kiss Waddle Tremble Aaagh!? Twirl Circle Kotow Dramatic JumpRope Skip Surrender Hooray
  Meditate Smooch TaiChi_?[LR] Hey Facepalm Smirk Smart Moue Concerned Yeah!? Tea Packet Candle Blessing Chick Onlooker GoForIt
  Add_?Oil OMG Respect Doge NoProb MyBad KeepFighting Wow Rich Broken Hurt Sigh Let_?Me_?See Awesome Boring Happy Lol Flushed
  Terror Let_?Down Duh Sick Ghost Worship Party Fireworks Firecracker`;

/** The codes, without the `/:` before them. */
const CODES = `:) :~ :B :| 8-) :< :$ :X :Z :'( :-| :@ :P :D :O :( :+ --b :Q :T ,@P ,@-D :d ,@o :g |-) :! :L :> :,@ ,@f :-S ? ,@x
  ,@@ ,@ :8 ,@! !!! xx bye wipe dig handclap &-( B-) <@ @> :-O >-| P-( :'| X-) :* @x 8* pd <W> beer basketb oo coffee eat pig rose
  fade showlove heart break cake li bome kn footb ladybug shit moon sun gift hug strong weak share v @) jj @@ bad lvu no ok love
  <L> jump shake <O> circle kotow turn skip oY #-0 #-O hiphot kiss <& &>`;

const names = NAMES.split(/\s+/)
  .map((name) => name.replaceAll("_", " "))
  .join("|");
const codes = CODES.split(/\s+/)
  .toSorted((a, b) => b.length - a.length)
  .map((code) => RegExp.escape(code))
  .join("|");
/** A face; the private characters are those of the first phones that had any. */
const FACE = new RegExp(`\\[(?:\\p{Script=Han}{1,3}|(?:${names}))\\]|/:(?:${codes})|[\\ue000-\\uf8ff]`, "giu");
const MAY_HAVE_FACES = /[[\ue000-\uf8ff]|\/:/;
const PICTURE = /\p{Extended_Pictographic}/u;
const SPEAKS = /[\p{L}\p{N}?]/u;

/**
 * A text with a blank in place of each face.
 * @param text at half width
 */
export function withoutFaces(text: string): string {
  return MAY_HAVE_FACES.test(text) ? text.replace(FACE, " ") : text;
}

/** Whether a text is faces or emoji and nothing else, and so in no language. */
export function isFacesOnly(text: string): boolean {
  const plain = text.normalize("NFKC");
  const rest = withoutFaces(plain);
  return !SPEAKS.test(rest) && (rest !== plain || PICTURE.test(rest));
}
