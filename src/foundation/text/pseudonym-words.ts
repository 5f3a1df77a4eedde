/**
 * Words for pseudonyms. Only words that name nothing about a person: no first names or common family names, no origin, colour of skin, health,
 * age, crime or debt, nothing to laugh at. Adjectives stand in the form that goes before a de-word; all nouns are de-words (animals, plants,
 * landscape, sky), so that every pair is correct Dutch.
 */
export const adjectives: readonly string[] = (
	'Zilveren Gouden Koperen Bronzen Marmeren Satijnen Zijden Fluwelen Linnen Wollen Kristallen Glazen Eiken Rieten Parelmoeren Porseleinen Azuren ' +
	'Blauwe Groene Paarse Turquoise Oranje Purperen Indigoblauwe Hemelsblauwe Zeegroene Mosgroene Lichtblauwe Koningsblauwe Zilvergrijze Goudgele ' +
	'Stille Rustige Kalme Zachte Warme Heldere Klare Frisse Milde Vrolijke Blije Dappere Moedige Trouwe Vriendelijke Hartelijke Wijze Snelle Vlotte ' +
	'Vlugge Lenige Soepele Ranke Sierlijke Fraaie Mooie Prachtige Schitterende Stralende Glanzende Glimmende Glinsterende Flonkerende Fonkelende ' +
	'Twinkelende Zonnige Lentefrisse Zomerse Winterse Vroege Verre Ronde Gladde Stevige Robuuste Standvastige Bestendige Geduldige Aandachtige ' +
	'Nieuwsgierige Speelse Zingende Fluitende Dansende Zwevende Wiegende Ruisende Kabbelende Golvende Stromende Deinende Dromende Wakkere Waakzame ' +
	'Opgewekte Bloeiende Geurende Zoete Besneeuwde Bedauwde Berijpte Bemoste Luwe Lommerrijke Schaduwrijke Weidse Edele Statige Fiere Eerlijke ' +
	'Oprechte Gulle Royale Gelukkige Tevreden Nobele Bijzondere Zeldzame Kostbare Gestreepte Gestippelde Gespikkelde Sprankelende Bruisende ' +
	'Levendige Montere Welgemoede Gastvrije Vredige Vreedzame Serene Fijne Lichtvoetige Luchtige Bezonnen Bedachtzame Vindingrijke Kundige Handige ' +
	'Behendige IJverige Vlijtige Volhardende Onvermoeibare Voortvarende Veerkrachtige Feestelijke Muzikale Welluidende Klinkende Melodieuze'
).split(' ');

export const nouns: readonly string[] = (
	'Reiger Ooievaar Lepelaar Grutto Tureluur Scholekster Kluut Wulp Plevier Strandloper Visarend Buizerd Sperwer Torenvalk Kerkuil Bosuil ' +
	'Leeuwerik Lijster Spreeuw Zwaluw Gierzwaluw IJsvogel Winterkoning Koolmees Pimpelmees Staartmees Goudvink Sijs Kwikstaart Boomklever Tapuit ' +
	'Karekiet Rietzanger Fitis Tjiftjaf Wielewaal Kraanvogel Aalscholver Fuut Meerkoet Eider Smient Wintertaling Zaagbek Zeearend Stern Zilvermeeuw ' +
	'Albatros Pelikaan Flamingo Otter Bever Hermelijn Marter Eekhoorn Egel Hinde Eland Zeehond Dolfijn Lynx Gems Antilope Gazelle Vlinder ' +
	'Libel Hommel Krekel Dagpauwoog Citroenvlinder Koninginnenpage Waterjuffer Forel Zalm Karper Baars Steur Zeester Salamander ' +
	'Eik Beuk Berk Es Esdoorn Iep Kastanje Lariks Spar Ceder Cipres Wilg Populier Plataan Hazelaar Meidoorn Sleedoorn Duindoorn Vlier Klimop ' +
	'Kamperfoelie Lavendel Salie Tijm Kamille Korenbloem Klaproos Boterbloem Paardenbloem Zonnebloem Anemoon Krokus Tulp Hyacint Sleutelbloem ' +
	'Dotterbloem Waterlelie Zwanenbloem Pinksterbloem Akelei Pioen Magnolia Hortensia Azalea Orchidee Clematis Blauweregen Goudsbloem Gentiaan ' +
	'Klaver Varen Heide Brem Gagel Moerbei Braam Framboos Aardbei Bosbes Kers Abrikoos Perzik Olijf Druif Hazelnoot Kweepeer Rozenbottel ' +
	'Lijsterbes Jeneverbes Veldbloem Dennenappel Eikenboom Appelboom Perenboom Kersenboom Notenboom Palmboom Graanhalm Rietpluim ' +
	'Vallei Rivier Bron Delta Baai Kust Oever Zee Oceaan Lagune Branding Zandbank Kreek Vaart Gracht Vijver Waterval Fontein Weide Akker Boomgaard ' +
	'Tuin Steppe Savanne Toendra Polder Terp Kwelder Rots Bergpas Gletsjer Horizon Ster Maan Zon Komeet Planeet Regenboog Wolk Ochtend Dageraad ' +
	'Schemering Avondster Morgenster Poolster Sneeuwvlok IJspegel Regendruppel Dauwdruppel Bries Passaat Zeewind Laan Brug Haven Vuurtoren ' +
	'Kade Steiger Sloep Boei Pier Sluis Oase Bosrand Waterkant Landtong Archipel Kiezel Schelp Topaas Robijn Saffier Smaragd Parel'
).split(' ');
