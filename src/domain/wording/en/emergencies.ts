import type { EmergencyTopic } from "../../danger/emergency.ts";

/** The English cards of dangers to life: what to do at once and whom to call. */
export const enEmergencies: Readonly<Record<EmergencyTopic, string>> = {
  gas: "Gas: leave the building at once! Touch no switch, light nothing, do not phone inside, do not take the lift. Once outside call 119 and the gas company. If anybody faints, call 120.",
  fire: "Fire: get out, leave your things, do not take the lift, keep low and cover nose and mouth. Once outside call 119.",
  medical:
    "Somebody is hurt or faint: call 120, say where, do not move the person needlessly. Road accident: also 122. Trapped or in water: 119.",
  violence:
    "Violence: get to a safe place first, then call 110. If anybody is hurt, call 120. For violence at home there is also 12338.",
  "missing-person":
    "Somebody is missing: call 110 now, there is no need to wait. Say the name, the clothes, where they were last seen. Leave somebody at home and at that place.",
  trapped:
    "Somebody is trapped, buried or in water: call 119, say where and how many. Do not go into the water or dig yourself; in a lift press the bell and leave the door. Held against your will: call 110.",
  flood:
    "Flood, landslide, a house about to fall: get out and uphill at once, take nothing, keep off bridges and low roads. Call 119 for whoever cannot get out.",
  "self-harm":
    "You must be going through a very hard time. Thank you for telling us; you are not alone. The national psychological aid line 12356 listens, now. In danger call 120 or 110 at once, and ask somebody near you to stay with you.",
};
