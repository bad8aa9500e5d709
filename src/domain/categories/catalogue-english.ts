/** The words of residents who write English, by the codes of the default catalogue; separated by blanks. */
export const ENGLISH_WORDS: Readonly<Record<string, string>> = {
  property: "elevator elevators lift lifts leak leaking roof ceiling landlord compound corridor stairwell management",
  roads:
    "road roads street streets pothole potholes traffic parking bus buses bridge railing pavement sidewalk crossing lamp lamps streetlight streetlights lights manhole bicycle",
  sanitation:
    "garbage rubbish trash litter waste toilet toilets sewage landfill dump dumping smell stinks dirty rats flies mosquitoes cleaning",
  noise: "noise noisy loud music construction drilling barbecue smoke fumes speakers karaoke barking dancing",
  utilities: "water tap electricity power outage blackout gas pipe pipes meter voltage broadband",
  rural: "farm farmers farmland field fields crops wheat corn irrigation harvest fertilizer tractor pig pigs orchard",
  welfare: "pension pensions allowance welfare disability disabled elderly insurance retirement subsidy carer",
  health: "hospital clinic doctor doctors nurse medicine medicines vaccine reimbursement surgery treatment appointment",
  education: "school schools pupil pupils student students teacher teachers kindergarten classroom tuition homework",
  heating: "heating radiator radiators boiler heated",
  labour: "wage wages salary salaries unpaid paid employer boss worked job jobs overtime contract dismissed unemployed",
  land: "demolition demolished relocation compensation deed land plot developer mortgage homestead",
  consumer: "refund refunds shop seller counterfeit fake overcharged merchant supermarket expired warranty",
  safety: "theft thief thieves stolen robbery burglar scam fraud cctv hazard unsafe extinguisher",
  other: "passport household certificate registration parcel library playground volunteer",
};
