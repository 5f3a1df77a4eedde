import type { Story } from './story.ts';

/** Invented cases in all states; every one of them says nothing of a real person. */
export const inventedStories: readonly Story[] = [
	{
		opens: {
			by: 'joost@wijkteam.example',
			day: 95,
			stuck: 'Een moeder met twee kinderen heeft na haar scheiding geen bed en geen wasmachine. De bijzondere bijstand duurt acht weken.',
			goal: 'Ik wil dat mijn kinderen in een eigen bed slapen.',
			firstNeed: 'Twee bedden en een wasmachine, deze week.',
			ownOrganisation: 'Ik kan bij de kringloop vragen. Wij kopen als wijkteam nooit zelf iets; waarom eigenlijk niet?',
			looming: 'De kinderen slapen op de bank en missen school.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'ask',
				day: 94,
				text: 'Wie weet een winkel die deze week bedden kan brengen, en later een rekening stuurt?',
				to: ['karin@kade.example', 'gerard@gemeente.example', 'amina@vuurtoren.example'],
				answers: [
					{
						who: 'karin@kade.example',
						day: 94,
						answer: 'other_way',
						text: 'De winkel waar wij onze logeerwoning inrichten, doet dat zo.',
						helped: true
					},
					{ who: 'gerard@gemeente.example', day: 94, answer: 'other_way', text: 'De kringloop in Oost brengt op woensdag.' },
					{ who: 'amina@vuurtoren.example', day: 94, answer: 'other_way', text: 'Wij hebben nog een eenpersoonsbed staan.' }
				]
			},
			{
				act: 'invite',
				day: 95,
				who: 'fatima@gemeente.example',
				message: 'Kan bijzondere bijstand sneller, of weet je een andere weg?',
				answer: 'accept'
			},
			{
				act: 'agree',
				day: 94,
				who: 'fatima@gemeente.example',
				what: 'Voorschot op de bijzondere bijstand regelen',
				to: 'joost@wijkteam.example',
				dueDay: 91,
				report: { day: 92, outcome: 'kept', answer: 'confirmed' }
			},
			{
				act: 'agree',
				day: 94,
				who: 'joost@wijkteam.example',
				what: 'Bedden ophalen bij de kringloop',
				to: 'fatima@gemeente.example',
				dueDay: 93,
				report: { day: 91, outcome: 'late', words: 'Een dag later, maar ze staan er.', answer: 'confirmed' }
			},
			{
				act: 'close',
				day: 80,
				outcome: 'helped_without_money',
				cause: 'waiting',
				without: 'Het is geregeld, en het wijkteam komt er nog elke week.',
				words: 'Acht weken wachten op bijzondere bijstand is te lang als er kinderen zijn. Een voorschot kan, maar bijna niemand weet dat.'
			}
		]
	},
	{
		opens: {
			by: 'fatima@gemeente.example',
			day: 78,
			stuck:
				'Een man van begin zestig krijgt geen uitkering, omdat zijn adres niet klopt. Zijn adres klopt niet, omdat hij geen woning heeft.',
			firstNeed: 'Een briefadres.',
			ownOrganisation: 'Wij kunnen een briefadres geven op het stadhuis. Onze balie vraagt daarvoor een bewijs dat hij niet kan hebben.',
			looming: 'Geen inkomen, dus ook geen zorgverzekering.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'invite',
				day: 77,
				who: 'joost@wijkteam.example',
				message: 'Ken jij hem van de inloop? Dan kun jij verklaren dat hij hier woont.',
				answer: 'accept'
			},
			{
				act: 'agree',
				day: 77,
				who: 'joost@wijkteam.example',
				what: 'Verklaring schrijven voor de balie',
				to: 'fatima@gemeente.example',
				dueDay: 74,
				report: { day: 75, outcome: 'kept', answer: 'confirmed' }
			},
			{
				act: 'close',
				day: 60,
				outcome: 'helped_without_money',
				cause: 'address',
				without: 'Het is geregeld, en het wijkteam komt er nog elke week.',
				words: 'De balie mag een verklaring van een wijkwerker voortaan ook aannemen.'
			}
		]
	},
	{
		opens: {
			by: 'anouk@kade.example',
			day: 41,
			stuck: 'Een huurder met een verzamelwoede mag niet naar een kleinere woning, omdat het huis eerst leeg moet. Alleen lukt dat niet.',
			goal: 'Kleiner wonen, dichter bij mijn zus.',
			firstNeed: 'Iemand die naast hem staat bij het opruimen.',
			ownOrganisation: 'Wij kunnen de verhuizing twee maanden openhouden. Onze regel over oplevering zit in de weg.',
			looming: 'Hij blijft in een woning waar brand kan ontstaan.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'invite',
				day: 40,
				who: 'noor@vuurtoren.example',
				message: 'Kun jij meedenken over begeleiding die hij wel toelaat?',
				answer: 'accept'
			},
			{
				act: 'agree',
				day: 38,
				who: 'noor@vuurtoren.example',
				what: 'Elke dinsdag een uur naast hem staan',
				to: 'anouk@kade.example',
				dueDay: 3,
				proof: 'De gang is vrij',
				report: { day: 3, outcome: 'kept', words: 'De gang is vrij en de kamer half.' }
			},
			{
				act: 'agree',
				day: 38,
				who: 'anouk@kade.example',
				what: 'De kleinere woning vasthouden',
				to: 'noor@vuurtoren.example',
				dueDay: -20
			},
			{
				act: 'count',
				day: 20,
				potCents: 75_000,
				horizonYears: 1,
				looming: [{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1, chancePercent: 20 }],
				hours: 16,
				hourCents: 4_500
			}
		]
	},
	{
		opens: {
			by: 'tom@zeewering.example',
			day: 33,
			stuck:
				'Een jonge vrouw kan haar huur niet meer betalen sinds haar uitkering stopte door een adreswijziging. Die start pas na acht weken.',
			goal: 'Ik wil weer slapen zonder zorgen over de huur.',
			firstNeed: 'Uitstel van de huur tot de uitkering weer loopt.',
			ownOrganisation: 'Ik kan de incasso stilzetten. Ons systeem stuurt vanzelf aanmaningen, dat moet ik met de hand tegenhouden.',
			residentKnows: 'yes'
		},
		steps: [
			{ act: 'invite', day: 33, who: 'fatima@gemeente.example', message: 'Kan de uitkering eerder weer lopen?', answer: 'accept' },
			{
				act: 'agree',
				day: 32,
				who: 'tom@zeewering.example',
				what: 'Incasso acht weken stilzetten',
				to: 'fatima@gemeente.example',
				dueDay: 30,
				report: { day: 29, outcome: 'kept', answer: 'disputed' }
			},
			{
				act: 'agree',
				day: 32,
				who: 'fatima@gemeente.example',
				what: 'Uitkering met voorrang laten starten',
				to: 'tom@zeewering.example',
				dueDay: 18,
				report: { day: 17, outcome: 'impossible', words: 'Het systeem laat geen voorrang toe.', answer: 'confirmed' }
			}
		]
	},
	{
		opens: {
			by: 'noor@vuurtoren.example',
			day: 29,
			stuck: 'Een man krijgt geen ambulante hulp, omdat hij drinkt, en geen hulp bij het drinken, omdat hij somber is.',
			firstNeed: 'Eén plek die met beide wil beginnen.',
			ownOrganisation: 'Onze intake sluit mensen uit die drinken. Ik ga vragen of dat voor hem anders mag.',
			looming: 'Hij komt steeds vaker bij de spoedeisende hulp.',
			residentKnows: 'not_yet',
			notYetBecause: 'hij nu is opgenomen; ik vraag het hem donderdag.'
		},
		steps: [
			{ act: 'invite', day: 28, who: 'joost@wijkteam.example', message: 'Zie jij hem nog in de wijk?', answer: 'decline' },
			{
				act: 'close',
				day: 15,
				outcome: 'referred',
				cause: 'intake',
				words: 'Wij sluiten uit uit gewoonte; in de richtlijn staat het niet.'
			},
			{ act: 'reopen', day: 6 },
			{ act: 'invite', day: 5, who: 'ravi@schuldhulp.example', message: 'Er blijken ook schulden te zijn. Wil je aan tafel komen?' }
		]
	},
	{
		opens: {
			by: 'joost@wijkteam.example',
			day: 2,
			stuck:
				'Een gezin zit zonder warm water. De installateur komt pas als de vorige rekening is betaald, en die is van de vorige huurder.',
			goal: 'Gewoon kunnen douchen voor school.',
			firstNeed: 'Een monteur, nu.',
			ownOrganisation: 'Ik kan de verhuurder bellen. Wij mogen zelf geen opdracht geven.',
			residentKnows: 'yes'
		},
		steps: [
			{ act: 'invite', day: 1, who: 'anouk@kade.example', message: 'Het is een woning van jullie. Weet jij wie dit vandaag kan oplossen?' }
		]
	}
];
