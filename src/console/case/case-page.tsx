import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useKeys } from "../client/keys.ts";
import { useLanguage } from "../client/language.tsx";
import { asksForReason } from "../client/refused.ts";
import { useSession } from "../client/session.ts";
import { PageFailure } from "../parts/asking/failure.tsx";
import { type LastList, LIST_KEY } from "../parts/last-list.ts";
import { DoneNote, Skeleton } from "../parts/notes.tsx";
import { MediaDialog, type SentMedia } from "../reading/media-dialog.tsx";
import { TakeUrgent } from "../shell/take-urgent.tsx";
import type { Words } from "../words/zh-CN.ts";
import { Composer } from "./composer.tsx";
import { Conversation } from "./conversation.tsx";
import { CategoryDialog, DeadlineDialog, SealDialog } from "./deeds/category-deadline-seal.tsx";
import { MergeDialog, UnmergeDialog } from "./deeds/merge-dialog.tsx";
import { type OneCase, useCase, type Verb } from "./deeds/one-case.ts";
import { CloseDialog, MoveDialog, PlaceDialog } from "./deeds/place-move-close.tsx";
import { sayBy, sayEvent } from "./deeds/say-event.ts";
import { SplitDialog } from "./deeds/split-dialog.tsx";
import { UnitStepDialog } from "./deeds/unit-step.tsx";
import { MinorDialog, PetitionDialog } from "./deeds/writer-marks.tsx";
import { Facts } from "./facts.tsx";
import { CaseHead } from "./head.tsx";
import { Notes } from "./notes.tsx";
import { OriginalsDialog } from "./originals-dialog.tsx";
import { PhoneCard } from "./phone.tsx";
import { SealedDoor, UnsealDialog, UnsealProposal } from "./sealed-door.tsx";

const DIALOGS = {
  place: PlaceDialog,
  move: MoveDialog,
  close: CloseDialog,
  category: CategoryDialog,
  deadline: DeadlineDialog,
  merge: MergeDialog,
  unmerge: UnmergeDialog,
  split: SplitDialog,
  seal: SealDialog,
  unseal: UnsealDialog,
  handover: UnitStepDialog,
  minor: MinorDialog,
  petition: PetitionDialog,
} as const;
type Deed = keyof typeof DIALOGS;
const DEEDS = Object.keys(DIALOGS) as Deed[];

function nameOf(deed: Deed, one: OneCase, { verbs, joint, units, petitions }: Words): string {
  if (deed === "minor") return one.minor ? petitions.notMinor : petitions.minor;
  if (deed === "petition") return one.petition ? petitions.notPetition : petitions.petition;
  if (deed === "handover") return units.step;
  const isJoint = deed === "merge" || deed === "unmerge" || deed === "split" || deed === "unseal";
  return isJoint ? joint[deed] : verbs[deed];
}

function mayDo(one: OneCase, deed: Deed | "answer" | "notes" | "originals"): boolean {
  return one.may.includes(`POST /cases/{number}/${deed}` satisfies Verb);
}

/** The page of one case: what was said, why it is here, what was noted, and what can be done about it. */
export function CasePage() {
  const { number = "" } = useParams({ strict: false });
  const looked = useCase(number);
  const { error, shown } = looked;
  if (asksForReason(error)) return <SealedDoor number={number} onOpen={looked.again} />;
  if (error !== null) return <PageFailure error={error} again={looked.again} />;
  if (shown === undefined) return <Skeleton rows={8} isLoading={looked.isPending} />;
  return <Shown key={number} one={shown} looked={looked} />;
}

function Shown({ one, looked }: { readonly one: OneCase; readonly looked: ReturnType<typeof useCase> }) {
  const { words, times } = useLanguage();
  const { onePage, verbs, joint } = words;
  const { me } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [deed, setDeed] = useState<Deed | null>(null);
  const [original, setOriginal] = useState<string | null>(null);
  const [media, setMedia] = useState<SentMedia | null>(null);
  const [isDone, setDone] = useState(false);
  const [compared, setCompared] = useState<string | undefined>(undefined);
  const answerField = useRef<HTMLTextAreaElement>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const list = queries.getQueryData<LastList>(LIST_KEY);
  const place = list?.numbers.indexOf(one.number) ?? -1;
  const nextNumber = place < 0 ? undefined : list?.numbers[place + 1];
  useEffect(() => {
    queries.setQueryData<LastList>(LIST_KEY, (before) =>
      before === undefined ? before : { ...before, at: one.number },
    );
  }, [queries, one.number]);
  const toList = () =>
    void navigate({
      to: "/cases",
      search: list?.params ?? {},
      state: (state) => ({ ...state, words: list?.words ?? "" }),
    });
  const toNext = () => {
    if (nextNumber !== undefined) void navigate({ to: "/cases/$number", params: { number: nextNumber } });
  };
  const open = (one_: Deed) => () => {
    if (!mayDo(one, one_)) return;
    setCompared(undefined);
    setDeed(one_);
  };
  const latest = one.messages.findLast(({ hasOriginal }) => hasOriginal);
  useKeys(
    {
      a: () => answerField.current?.focus(),
      n: () => noteField.current?.focus(),
      p: open("place"),
      m: open("move"),
      c: open("close"),
      o: () => {
        if (mayDo(one, "originals") && latest !== undefined) setOriginal(latest.id);
      },
      e: toNext,
      u: toList,
    },
    me.preferences.singleKeys,
  );
  const DeedDialog = deed === null ? null : DIALOGS[deed];
  const deeds = DEEDS.filter(
    (one_) => mayDo(one, one_) && one_ !== "handover" && (one_ !== "unseal" || one.unsealing === null),
  );
  return (
    <>
      <CaseHead
        one={one}
        position={place < 0 || list === undefined ? null : { at: place + 1, all: list.numbers.length }}
        onList={toList}
        onNext={nextNumber === undefined ? null : toNext}
      />
      {looked.isChanged ? (
        <div className="note note-banner" role="status">
          {onePage.newer}{" "}
          {looked.since
            .map(
              (event) =>
                `${times.clock(event.at)} ${sayBy(event.by, words, looked.nameOf)}: ${sayEvent(event, words, looked.nameOf)}`,
            )
            .join(" · ")}{" "}
          <button type="button" className="link-button" onClick={looked.show}>
            {onePage.showNewer}
          </button>
        </div>
      ) : null}
      {one.links.leading === null ? null : (
        <p className="note note-banner">
          {joint.goesWith(one.links.leading)}{" "}
          <Link to="/cases/$number" params={{ number: one.links.leading }}>
            {joint.look}
          </Link>
        </p>
      )}
      {one.may.includes("POST /cases/{number}/acknowledge") ? (
        <div className="note note-refusal">
          <p>{words.duty.onCase}</p>
          <TakeUrgent number={one.number} onDone={() => void looked.renew()} />
        </div>
      ) : null}
      <UnsealProposal one={one} onDone={() => void looked.renew()} />
      <section className="buttons deeds" aria-label={onePage.actions}>
        {deeds.length === 0 && !mayDo(one, "answer") ? <p className="small">{onePage.noActions}</p> : null}
        {deeds.map((one_) => (
          <button key={one_} type="button" className="deed" onClick={open(one_)}>
            {nameOf(one_, one, words)}
          </button>
        ))}
      </section>
      {isDone ? <DoneNote text={verbs.done} /> : null}
      <div className="case">
        <div className="case-left">
          <section className="card">
            <h2>{onePage.conversation}</h2>
            <Conversation
              one={one}
              onOriginal={mayDo(one, "originals") ? setOriginal : undefined}
              onMedia={mayDo(one, "originals") ? setMedia : undefined}
            />
          </section>
          {mayDo(one, "answer") ? <Composer one={one} field={answerField} onSent={looked.renew} /> : null}
          <PhoneCard one={one} onDone={looked.renew} />
          <Notes one={one} mayWrite={mayDo(one, "notes")} field={noteField} onSaved={looked.renew} />
        </div>
        <Facts
          one={one}
          onUnitStep={mayDo(one, "handover") ? open("handover") : undefined}
          onCompare={
            mayDo(one, "merge")
              ? (number) => {
                  setCompared(number);
                  setDeed("merge");
                }
              : undefined
          }
        />
      </div>
      {DeedDialog === null ? null : (
        <DeedDialog
          one={one}
          other={compared}
          onClose={() => setDeed(null)}
          onDone={() => {
            setDeed(null);
            setDone(true);
            void looked.renew();
          }}
        />
      )}
      {media === null ? null : <MediaDialog number={one.number} media={media} onClose={() => setMedia(null)} />}
      {original === null ? null : (
        <OriginalsDialog
          number={one.number}
          message={original}
          isUnnamed={one.unnamed}
          onClose={() => setOriginal(null)}
        />
      )}
    </>
  );
}
