import { enDay, enDue, shortNumber } from "../days.ts";
import type { Question } from "../question.ts";
import type { Holder } from "../who-answers.ts";
import type { WriterWording } from "../writer.ts";

const OFFICE = "the county deputies' office";
const CARE = [
  "Please do not tell us your name, phone or where you live, and send no photos.",
  "Tell your mum, dad or a teacher about this too, please. In danger call 110 at once.",
];

function having(holder: Holder): string {
  return holder === null ? OFFICE : `deputy ${holder.deputy}`;
}

/** The English sentences that depend on who writes. */
export const enWriter: WriterWording<Question> = {
  minorReceipt: ({ number, priority }) =>
    [
      `We wrote down what you said, number ${number}. A grown-up will look at it.${priority ? " This is urgent and comes first." : ""}`,
      ...CARE,
    ].join("\n"),
  askSchool: ({ number }) => ({
    text: [`We wrote down what you said, number ${number}. Which school is it?`, ...CARE].join("\n"),
    labels: [],
    closing: "Just write the name of the school.",
  }),
  minorCare: ({ number }) =>
    [`Number ${number}: we wrote it all down. A grown-up will look at it.`, ...CARE].join("\n"),
  minorMedia: ({ number }) =>
    `Number ${number}: we did not take the photo or the recording, and keep none. A few words are enough.`,
  residentIsMinor: ({ number }) =>
    `Case ${shortNumber(number)} is by a school child (一名小学生或初中生). Please do not find out who, ask for no phone or photo; if needed, turn to the school.`,

  petitionRoute: ({ office, noticeBy }) =>
    [
      office === null
        ? "For a petition (信访): go to the county petition office (县信访局), or online to the National Public Complaints and Proposals Administration (国家信访局)."
        : `For a petition (信访): ${office.name} (${[office.address, office.phone, office.hours].filter((one) => one !== "").join(", ")}), or online the National Public Complaints and Proposals Administration (国家信访局).`,
      `We take no petitions and file none for you. What you said is registered here; to whom it belongs we tell you in writing ${enDue(noticeBy)}.`,
      "A petition that was accepted has its time: usually 60 days.",
    ].join("\n"),
  petitionNotice: ({ number, notice, organ, article, text, on }) =>
    [
      `${notice} (${enDay(on)})`,
      `By article ${article} of the Regulations on Petitions (信访工作条例), number ${number} belongs to ${organ}.`,
      ...(text === null ? [] : [text]),
      `Please turn to ${organ}. We take no petitions and file none for you.`,
    ].join("\n"),

  unnamedKept: ({ number, readBy, isMasked }) =>
    [
      `Number ${number}: noted, nobody shall learn that you said it.`,
      "This wish, and words that show who you are (your name, home, work, family), are not passed on to deputy, station or unit. Nor are photos.",
      ...(readBy.length === 0
        ? []
        : [
            `To be honest: ${readBy.join(", ")} may have read what you wrote before, and that cannot be taken back${isMasked ? " (names, phones and house numbers were hidden then)" : ""}. From now on nothing of it is passed on.`,
          ]),
      "What happened and where they must know, or nothing can be done; if only you know of it, others may guess.",
      `Your own words can be looked up in ${OFFICE} alone; whoever does gives a reason, and each look is recorded.`,
    ].join("\n"),
  unnamedMedia: ({ number }) =>
    `Number ${number}: received. A photo may show that it is yours: it was not passed on to the deputy and stays with ${OFFICE}.`,

  corrected: ({ number, text, holder, isMoved }) =>
    [
      `Number ${number} is put right by what you said:`,
      text,
      isMoved
        ? `With that it belongs to ${having(holder)}, who has it now.`
        : `${having(holder)} still has it and is being told.`,
      "What you said before stays in the record.",
    ].join("\n"),
  askRight: ({ number }) =>
    `Number ${number}: noted that something is wrong, and passed on. What is right? Please write one more sentence.`,
  correctedLate: ({ number, text, holder, isClosed }) => ({
    text: [
      `Number ${number}: your correction is noted:`,
      text,
      isClosed
        ? "It is closed already, by what you said before. Shall it be opened again?"
        : `${having(holder)} has answered you already, by what you said before. Your correction is passed on. Shall it be looked at again?`,
    ].join("\n"),
    labels: isClosed ? ["Yes, open it again", "No"] : ["Yes, look again", "No"],
    closing: "Reply 1 for yes, 2 for no.",
  }),
  correctedStays: ({ number }) => `All right, number ${number} stays as it is. Your correction is kept with it.`,
  lookAgainTaken: ({ number, holder }) =>
    `Number ${number}: ${having(holder)} is asked to look again by what you put right.`,
  residentCorrected: ({ number, text }) => `Case ${shortNumber(number)}, the resident corrects:\n${text}`,
  movedByCorrection: ({ number, holder }) =>
    `Case ${shortNumber(number)} is no longer yours: the resident put it right, and with that it belongs to ${having(holder)}.`,
  residentAsksAgain: ({ number }) =>
    `Case ${shortNumber(number)}: after the correction the resident asks you to look again; your answer was by the words before.`,
};
