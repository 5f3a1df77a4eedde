/**
 * What happened when a price of the first list (database/data/unit-costs-nl.csv) is paid: prices of one happening are asked about once. Each has its
 * question in the messages, `happening.…`: a check asks whether the eviction came, never about the name of a price.
 */
const pricesOf = {
	emergency_care: ['seh-bezoek'],
	ambulance: ['ambulancerit-gemiddeld', 'ambulancerit-spoed', 'ambulancerit-besteld'],
	hospital_stay: ['ziekenhuis-verpleegdag', 'ziekenhuis-verpleegdag-excl'],
	intensive_care: ['ic-dag'],
	day_treatment: ['ziekenhuis-dagbehandeling'],
	outpatient_visit: ['polikliniekbezoek'],
	general_practitioner: ['huisartsconsult-gemiddeld', 'huisartsconsult-kort', 'huisartsconsult-lang'],
	practitioner_at_home: ['huisarts-visite'],
	physiotherapy: ['fysiotherapie'],
	occupational_therapy: ['ergotherapie'],
	diet_advice: ['dieetadvies'],
	lifestyle_programme: ['gli'],
	nursing_home: ['verpleging-verzorging-dag'],
	elderly_day_care: ['dagbesteding-ouderen'],
	geriatric_rehabilitation: ['geriatrische-revalidatie'],
	household_help: ['huishoudelijke-hulp'],
	personal_care: ['persoonlijke-verzorging'],
	guidance_at_home: ['begeleiding-thuis-uur'],
	nursing_at_home: ['verpleging-thuis-uur'],
	treatment_at_home: ['behandeling-thuis-uur'],
	home_care_visits: ['reiskosten-thuiszorg'],
	practice_nurse: ['poh-ggz-consult', 'poh-ggz-consult-kort', 'poh-ggz-consult-lang'],
	practice_nurse_group: ['poh-ggz-groep'],
	social_work: ['maatschappelijk-werk-contact'],
	basic_mental_care: ['ggz-basis-vrijgevestigd', 'ggz-basis-instelling'],
	specialised_mental_care: ['ggz-specialistisch-vrijgevestigd', 'ggz-specialistisch-instelling'],
	psychiatric_ward_contact: ['ggz-paaz-contact'],
	psychiatric_admission: ['ggz-opname-dag'],
	psychiatric_ward_admission: ['ggz-opname-dag-paaz'],
	mental_day_care: ['ggz-dagbesteding'],
	disability_residence: ['vg-verblijf-dag'],
	mild_disability_residence: ['lvg-verblijf-dag'],
	disturbed_disability_residence: ['sglvg-verblijf-dag'],
	car_trips: ['auto-km'],
	parking: ['parkeren-bezoek'],
	public_transport: ['ov-km'],
	taxi: ['taxi-wmo-start', 'taxi-wmo-km'],
	informal_care: ['mantelzorg-uur'],
	paid_work_missed: ['productiviteit-betaald-uur'],
	unpaid_work_missed: ['productiviteit-onbetaald-uur'],
	primary_school_year: ['basisonderwijs-jaar'],
	secondary_school_year: ['voortgezet-onderwijs-jaar'],
	vocational_school_year: ['mbo-jaar'],
	special_education: ['speciaal-onderwijs-jaar'],
	primary_school_missed: ['basisonderwijs-dag'],
	secondary_school_missed: ['voortgezet-onderwijs-dag'],
	vocational_school_missed: ['mbo-dag'],
	remedial_teaching: ['remedial-teaching-uur'],
	robbery: ['delict-diefstal-geweld'],
	theft: ['delict-eenvoudige-diefstal'],
	stolen_goods: ['delict-heling'],
	vandalism: ['delict-vernieling'],
	public_disorder: ['delict-openbare-orde'],
	arson: ['delict-brandstichting'],
	assault: ['delict-mishandeling'],
	threat: ['delict-bedreiging'],
	drunk_driving: ['delict-rijden-onder-invloed'],
	soft_drugs: ['delict-handel-softdrugs'],
	hard_drugs: ['delict-handel-harddrugs'],
	weapon: ['delict-vuurwapen'],
	protective_administration: ['bewind-standaard-maand', 'bewind-standaard-jaar'],
	debt_administration: ['bewind-schulden-maand', 'bewind-schulden-jaar', 'bewind-paar-schulden-maand'],
	administration_started: ['bewind-intake'],
	administration_ended: ['bewind-eindrekening'],
	administrator_moved_home: ['bewind-verhuizing-ontruiming'],
	administrator_extra_hours: ['bewind-extra-uur'],
	social_assistance: [
		'bijstand-alleenstaand-maand',
		'bijstand-alleenstaand-jaar',
		'bijstand-paar-maand',
		'bijstand-paar-jaar',
		'bijstand-prijs-per-uitkering-2019'
	],
	social_assistance_stayed: ['bijstand-besparing-uitstroom-2012'],
	shelter: ['mo-feitelijk-dakloos-jaar', 'mo-residentieel-jaar', 'opvangplek-jaar-2025', 'opvang-jaar-bond-voorbeeld'],
	youth_shelter: ['mo-jongere-amsterdam-jaar'],
	day_and_night_shelter: ['mo-dag-nachtopvang-jaar'],
	intensive_supported_housing: ['begeleid-wonen-intensief-jaar'],
	homeless: [
		'dakloos-vermeden-publieke-kosten-jaar',
		'residentieel-vermeden-publieke-kosten-jaar',
		'dakloosheid-brussel-laag',
		'dakloosheid-brussel-hoog'
	],
	debt_counselling: ['schuldgeval-2005'],
	shelter_with_care: ['opvangplek-zwaar-jaar-2025'],
	rehousing: ['herhuisvesting-brussel-laag', 'herhuisvesting-brussel-hoog'],
	street: ['dakloze-verslaafde-straat-jaar'],
	protected_housing: ['dakloze-verslaafde-zorg-jaar'],
	eviction: [
		'huisuitzetting-corporatie',
		'huisuitzetting-maatschappelijk',
		'huisuitzetting-bovengrens-amsterdam',
		'ontruiming-bond-voorbeeld'
	],
	prison: ['detentie-volwassen-dag-2014', 'detentie-dag-2016-rve'],
	youth_prison: ['detentie-jeugd-dag-2014'],
	sheltered_housing: ['beschermd-wonen-pgb-etmaal', 'beschermd-wonen-pgb-jaar'],
	sheltered_housing_extra: ['beschermd-wonen-toeslag-jaar'],
	respite_stay: ['jeugd-logeeropvang-etmaal'],
	volunteers: ['vrijwilligersuur-den-bosch']
} as const;

export type Happening = keyof typeof pricesOf;

const happenings = new Map<string, Happening>(
	Object.entries(pricesOf).flatMap(([happening, codes]) => codes.map((code) => [code, happening as Happening] as const))
);

/** What happens when this price is paid; undefined for a price that a network added itself. */
export const findHappening = (priceCode: string): Happening | undefined => happenings.get(priceCode);

/** Whether one thing happened, asked once however many prices were counted for it. */
export interface HappeningQuestion {
	/** Places in the list of what looms, as the newest value map has it. */
	readonly flows: readonly number[];
	/** Undefined where only the name of the price is known. */
	readonly happening: Happening | undefined;
	readonly nameNl: string;
	readonly nameEn: string;
}

/** The questions about what loomed, in the order of the value map. */
export function askHappenings(
	looming: readonly { readonly code: string; readonly nameNl: string; readonly nameEn: string }[]
): HappeningQuestion[] {
	const questions = new Map<string, HappeningQuestion>();
	for (const [flow, { code, nameNl, nameEn }] of looming.entries()) {
		const happening = findHappening(code);
		const same = questions.get(happening ?? code);
		questions.set(
			happening ?? code,
			same
				? { ...same, flows: [...same.flows, flow] }
				: { flows: [flow], happening, nameNl: happeningOf(nameNl), nameEn: happeningOf(nameEn) }
		);
	}
	return [...questions.values()];
}

/** What a price that a network added is called without what is counted: "Gedwongen ontruiming, per gezin (eigen raming)" is a forced eviction. */
const happeningOf = (priceName: string): string => priceName.split(/[,(]/, 1)[0]?.trim() || priceName;
